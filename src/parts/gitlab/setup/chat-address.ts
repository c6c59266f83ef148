/** The address of the chat's incoming webhook: Rocket.Chat chose its id and token, so it is read from there. */

import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { secretsIn } from '../../../notifier/notifier-script.ts';
import type { ChatWebhookRef, HttpTarget } from '../../../stack/stack.ts';
import type { ChatAddress } from './model.ts';

/** As GitLab sees the chat: by its name inside the network, not by the address under which we reach it. */
const chatBase = (target: HttpTarget): string =>
  target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;

/** Undefined while there is no such webhook. */
export const readChatAddress = async (
  ref: ChatWebhookRef,
  { rocketchat, addresses, secrets }: Ports,
  signal: AbortSignal,
): Promise<ChatAddress | undefined> => {
  const session = await rocketchat.login(baseUrl(addresses, ref.target), credentialsOf(secrets, ref.admin), signal);
  const webhook = (await session.webhooks(signal)).find(({ name }) => name === ref.name);
  if (webhook === undefined) return undefined;
  return { base: chatBase(ref.target), id: webhook.id, token: webhook.token, secrets: secretsIn(webhook.script) };
};
