import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { sessionAnswerOf } from '../../../probes/session-answer.ts';
import type { Account, HttpTarget } from '../../../stack/stack.ts';
import { ROCKETCHAT, type Webhook } from '../rocketchat.ts';
import { logInFor } from './chat-session.ts';

export type WebhookProbeSpec = {
  readonly what: 'webhook';
  readonly target: HttpTarget;
  readonly admin: Account;
  readonly name: string;
};

const whyUnusable = ({ enabled, scriptEnabled, scriptError, scriptCompiled }: Webhook): string | undefined => {
  if (!enabled) return 'is disabled';
  if (!scriptEnabled) return 'has its script switched off';
  if (scriptError !== undefined) return `has a script that did not compile: ${scriptError}`;
  return scriptCompiled ? undefined : 'has no compiled script';
};

/** Asks the hook's check address only: a GET on the hook itself would post a blank message. */
export const createWebhookProbe = ({ target, admin, name }: WebhookProbeSpec, ports: Ports): Probe => ({
  id: 'webhook',
  ask: (signal) =>
    sessionAnswerOf(signal, async () => {
      const session = await logInFor(ports, target, admin, signal);
      // Names are not unique and `name=` is ignored by older servers: the oldest with exactly this name is ours.
      const found = (await session.webhooks(signal)).find((webhook) => webhook.name === name);
      if (found === undefined) return notReady(`there is no webhook ${name}`);
      const why = whyUnusable(found);
      if (why !== undefined) return notReady(`webhook ${name} ${why}`);
      const { answers, status } = await ports
        .client(ROCKETCHAT)
        .checkHook(baseUrl(ports.addresses, target), found, signal);
      return answers
        ? ready(`webhook ${name} answers`)
        : notReady(`webhook ${name} answers HTTP ${status} to its check`);
    }),
});
