/** Our incoming webhook as the administrator sees it at the public address. */

import { credentialsOf } from '../contracts/credentials.ts';
import type { Ports } from '../contracts/ports.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Webhook } from '../parts/rocketchat/rocketchat.ts';
import type { Account, SecretName } from '../stack/stack.ts';

/** The stack's webhook and who may read and see what; plain data of the stack. */
export interface Receiver {
  readonly publicUrl: string;
  readonly webhook: string;
  readonly admin: Account;
  readonly bot: Account;
  readonly secret: SecretName;
}

/** @throws ChatopsError DELIVERY_REFUSED when there is none. @throws LOGIN_REFUSED, UNREACHABLE, … */
export const readWebhook = async (
  { publicUrl, webhook: name, admin }: Receiver,
  { rocketchat, secrets }: Ports,
  signal: AbortSignal,
): Promise<Webhook> => {
  const session = await rocketchat.login(publicUrl, credentialsOf(secrets, admin), signal);
  const found = (await session.webhooks(signal)).find((webhook) => webhook.name === name);
  if (found) return found;
  throw new ChatopsError('DELIVERY_REFUSED', {
    what: `the chat at ${publicUrl} has no webhook "${name}"`,
    why: 'nothing could take a delivery of GitLab',
    next: 'run `chatops-up up`: it makes the webhook',
  });
};

/**
 * With a script that did not compile, or none, Rocket.Chat takes GitLab's payload for a message and posts a blank one:
 * nothing is sent then.
 * @throws ChatopsError DELIVERY_REFUSED
 */
export const requireScript = ({ name, scriptEnabled, scriptCompiled, scriptError }: Webhook): void => {
  if (scriptEnabled && scriptCompiled && scriptError === undefined) return;
  throw new ChatopsError('DELIVERY_REFUSED', {
    what: `webhook "${name}" would turn a delivery into a blank message, so none was sent`,
    why: scriptEnabled
      ? `its script is broken: ${scriptError ?? 'it was never compiled'}`
      : 'its script is switched off',
    next: 'run `chatops-up up`: it makes the webhook as wanted again',
  });
};
