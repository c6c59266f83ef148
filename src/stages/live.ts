/** What smoke and simulate are handed: services to wake, probes to wait for, the notifier script to run here. */

import type { ScriptRunner } from '../contracts/script-runner.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { awaitGate } from '../engine/await-gate.ts';
import { webhookScript } from '../parts/rocketchat/setup/webhook-script.ts';
import type { RunScript } from '../simulate/simulate.ts';
import type { CheckOutcome } from '../smoke/outcome.ts';
import type { runSmoke } from '../smoke/smoke.ts';
import { jobOf } from '../stack/jobs-of.ts';
import { isPublic } from '../stack/reach.ts';
import type { ProbeSpec, ServiceNode } from '../stack/stack.ts';
import type { Opened } from './with-session.ts';
import type { Desired, LiveWorld } from './world.ts';

/** How long a chat that was just started again may take, ms. */
const CHAT_WITHIN_MS = 30_000;
/** One question may take this long where nothing is waited for, ms. */
const ASK_WITHIN_MS = 10_000;

/** GitLab itself is not needed: it is what is played. */
const CHAT_ROLES: readonly string[] = ['mongo', 'rocketchat', 'nginx'];

const servicesOf = ({ nodes }: Opened): readonly ServiceNode[] =>
  nodes.filter((node): node is ServiceNode => node.kind === 'service');

/** The notifier script of the stack, run here instead of in the chat. */
export const scriptOf = ({ stack }: Desired, secrets: Secrets, runner: ScriptRunner): RunScript => {
  const setup = jobOf(stack, 'rocketchat-setup');
  return async (request) => runner.run(webhookScript(setup ?? {}, secrets), request);
};

/**
 * What is published is asked where people reach it, the rest inside the stack's network.
 * @returns the answer's detail. `withinMs` 0: asked once.
 */
const askWith =
  ({ nodes, probes, probeOf, probeFromHere, clock }: Opened) =>
  async (spec: ProbeSpec, name: string, withinMs: number, signal: AbortSignal): Promise<string> => {
    const once = withinMs === 0 ? ({ withinMs: ASK_WITHIN_MS, once: true } as const) : { withinMs };
    const probe = isPublic(probes, spec, nodes) ? probeFromHere(spec) : probeOf(spec);
    return (await awaitGate(probe, { name, clock, signal, ...once })).detail ?? 'ready';
  };

/** Everything a smoke run asks through. */
export const smokeDeps = (
  desired: Desired,
  { tls, inside, uuid, scriptRunner }: LiveWorld,
  opened: Opened,
  tell: (outcome: CheckOutcome) => void,
): Parameters<typeof runSmoke>[0] => ({
  stack: desired.stack,
  ports: opened.ports,
  probes: opened.probes,
  tls,
  inside,
  services: servicesOf(opened),
  wake: async ({ name }, signal) =>
    (await opened.session.wake(name, 'look', signal)) ? undefined : `${name} is not there, or does not run`,
  ask: askWith(opened),
  runScript: scriptOf(desired, opened.ports.secrets, scriptRunner),
  uuid,
  tell,
});

/** Wakes what a delivery meets and waits until the chat answers at its public address. */
export const awaitChat = async (desired: Desired, opened: Opened): Promise<void> => {
  const { session, signal } = opened;
  const needed = servicesOf(opened).filter(({ role }) => CHAT_ROLES.includes(role));
  await Promise.all(needed.map(({ name }) => session.wake(name, 'look', signal)));
  const target = { kind: 'url', url: desired.stack.publicUrls.chat ?? '' } as const;
  await askWith(opened)({ what: 'rocketchat', target }, 'the chat', CHAT_WITHIN_MS, signal);
};
