/** Rocket.Chat's incoming webhook as a receiver: the server chose its id and token, so they are read from there. */
import { baseUrl } from '../../contracts/addresses.ts';
import { credentialsOf } from '../../contracts/credentials.ts';
import { StaleDecision } from '../../contracts/job.ts';
import type { Ports } from '../../contracts/ports.ts';
import type { Receiver, ReceiverAddress, ReceiverOptions } from '../../contracts/receiver.ts';
import { alsoTaking, secretsIn } from '../../notifier/notifier-script.ts';
import type { HttpTarget, WebhookRef } from '../../stack/stack.ts';
import { Secret } from '../../values/secret.ts';
import { sha256Hex } from '../../values/sha256.ts';
import { explainRefusal } from './explain-refusal.ts';
import { ROCKETCHAT, type RocketChatSession, type Webhook } from './rocketchat.ts';
import { assertCompiled } from './setup/assert-compiled.ts';

/** As the forge sees the chat: by its name inside the network, not by the address under which we reach it. */
const seenBase = (target: HttpTarget): string =>
  target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;

/** With a script that did not compile, or none, Rocket.Chat takes the payload for a message and posts a blank one. */
const whyBroken = ({ scriptEnabled, scriptCompiled, scriptError }: Webhook): string | undefined => {
  if (!scriptEnabled) return 'its script is switched off';
  if (scriptCompiled && scriptError === undefined) return undefined;
  return `its script is broken: ${scriptError ?? 'it was never compiled'}`;
};

const roomIn = (url: string): string | undefined =>
  URL.canParse(url) ? (new URL(url).searchParams.get('channel') ?? undefined) : undefined;

const addressOf = (base: string, secretName: string, webhook: Webhook): ReceiverAddress => {
  const prefix = `${base}/hooks/${webhook.id}/`;
  return {
    id: webhook.id,
    name: webhook.name,
    takes: secretsIn(webhook.script),
    broken: whyBroken(webhook),
    ...(webhook.enabled ? {} : { isOff: true }),
    explain: (answer, room) => explainRefusal(answer, { room, webhook: webhook.name, secretName }),
    // Rocket.Chat hands the query to the notifier.
    url: (room) => new Secret(`${prefix}${webhook.token.reveal()}?channel=${encodeURIComponent(room)}`),
    roomOf: (url) => (url.reveal().startsWith(prefix) ? roomIn(url.reveal()) : undefined),
  };
};

export const createWebhookReceiver = (
  ref: WebhookRef,
  { readAt = ref.readAt ?? ref.target }: ReceiverOptions,
  { client, addresses, secrets }: Pick<Ports, 'client' | 'addresses' | 'secrets'>,
): Receiver => {
  const logIn = (signal: AbortSignal): Promise<RocketChatSession> =>
    client(ROCKETCHAT).login(baseUrl(addresses, readAt), credentialsOf(secrets, ref.admin), signal);
  const find = async (session: RocketChatSession, signal: AbortSignal): Promise<Webhook | undefined> =>
    (await session.webhooks(signal)).find(({ name }) => name === ref.name);
  return {
    address: async (signal) => {
      if (ref.isNew) return undefined;
      const webhook = await find(await logIn(signal), signal);
      return webhook && addressOf(seenBase(ref.target), ref.secret, webhook);
    },
    forgetSecrets: async (signal) => {
      const session = await logIn(signal);
      const webhook = await find(session, signal);
      const wanted = sha256Hex(secrets.read(ref.secret).reveal());
      const room = webhook?.channels[0]?.replace(/^#/, '');
      if (webhook === undefined || room === undefined || secretsIn(webhook.script)[0] !== wanted) {
        throw new StaleDecision(`the webhook ${ref.name} does not take the secret in .env`);
      }
      const { id, name, poster } = webhook;
      const script = alsoTaking(webhook.script, []);
      assertCompiled(await session.updateWebhook(id, { name, room, poster, script }, signal));
    },
    retire: async (signal) => {
      const session = await logIn(signal);
      const webhook = await find(session, signal);
      if (webhook === undefined || !webhook.enabled) return;
      const { id, name, poster, script, channels } = webhook;
      const room = channels[0]?.replace(/^#/, '') ?? '';
      await session.updateWebhook(id, { name, room, poster, script, enabled: false }, signal);
    },
  };
};
