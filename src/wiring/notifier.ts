import { roomTokens } from '../contracts/hook-token.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { notifierScript } from '../notifier/notifier-script.ts';
import { RELAY_SETTINGS } from '../parts/relay/place.ts';
import { parseRelayFile } from '../parts/relay/program/relay-file.ts';
import { createScriptRunner } from '../parts/rocketchat/client/script-runner.ts';
import type { RocketChatSetupSpec } from '../parts/rocketchat/setup/spec.ts';
import { webhookScript } from '../parts/rocketchat/setup/webhook-script.ts';
import { jobsOf } from '../stack/jobs-of.ts';
import { receiverOf } from '../stack/offers.ts';
import type { Stack } from '../stack/stack.ts';
import type { Notifier } from '../stages/world.ts';
import { sha256Hex } from '../values/sha256.ts';

/** What a relay would announce, as the script that announces the same: both are one core. Undefined in a stack without a relay. */
const relayScript = (stack: Stack, secrets: Secrets): string | undefined => {
  const ref = receiverOf(stack)?.ref;
  const relay = stack.nodes.find((node) => node.kind === 'service' && node.role === 'relay');
  const text = relay?.kind === 'service' ? relay.container.environment[RELAY_SETTINGS] : undefined;
  if (ref === undefined || typeof text !== 'string') return undefined;
  const { channels, filters, hooks, notifier } = parseRelayFile(text, RELAY_SETTINGS);
  const { locale, links, people, wording } = notifier;
  const secret = secrets.read(ref.secret);
  return notifierScript({
    locale,
    secretSha256: sha256Hex(secret.reveal()),
    ...(hooks && { hooks: roomTokens(secret, hooks) }),
    defaultRoom: Object.keys(channels)[0] ?? '',
    ...(filters.length === 0 ? {} : { filters }),
    ...(links && { links }),
    ...(people && { people }),
    ...(wording && { wording }),
  });
};

/** The script that a stack's Rocket.Chat is given, or would be in place of its relay, run in a sandbox here. */
export const createNotifier = (): Notifier => {
  const runner = createScriptRunner();
  return (stack, secrets) => {
    const [setup] = jobsOf<RocketChatSetupSpec>(stack, 'rocketchat-setup');
    return async (request) => runner.run(relayScript(stack, secrets) ?? webhookScript(setup ?? {}, secrets), request);
  };
};
