/** The end of a change of the hooks' secret: the chat's webhook takes that of `.env` and no other. */

import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import { StaleDecision } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { alsoTaking, secretsIn } from '../../../notifier/notifier-script.ts';
import type { ChatWebhookRef } from '../../../stack/stack.ts';
import { sha256Hex } from '../../../values/sha256.ts';
import { assertCompiled } from '../../rocketchat/setup/assert-compiled.ts';

/**
 * A delivery that began before its hook was changed carries the former secret. GitLab gives one up after 10 s
 * (gl:config/gitlab.yml.example, webhook_timeout).
 */
export const UNDER_WAY_MS = 10_000;

/** @throws StaleDecision when the webhook does not take the secret of `.env` (any more) */
export const forgetSecrets = async (
  ref: ChatWebhookRef,
  { rocketchat, addresses, secrets, clock }: Ports,
  signal: AbortSignal,
): Promise<void> => {
  await clock.sleep(UNDER_WAY_MS, signal);
  const session = await rocketchat.login(baseUrl(addresses, ref.target), credentialsOf(secrets, ref.admin), signal);
  const webhook = (await session.webhooks(signal)).find(({ name }) => name === ref.name);
  const wanted = sha256Hex(secrets.read(ref.secret).reveal());
  const room = webhook?.channels[0]?.replace(/^#/, '');
  if (webhook === undefined || room === undefined || secretsIn(webhook.script)[0] !== wanted) {
    throw new StaleDecision(`the webhook ${ref.name} does not take the secret in .env`);
  }
  const { id, name, poster } = webhook;
  const script = alsoTaking(webhook.script, []);
  assertCompiled(await session.updateWebhook(id, { name, room, poster, script }, signal));
};
