/** What smoke and simulate are handed: services to wake, probes to wait for, the notifier script to run here. */

import { awaitGate, openedText } from '../engine/await-gate.ts';
import type { CheckOutcome } from '../smoke/outcome.ts';
import type { runSmoke } from '../smoke/smoke.ts';
import { neededFor } from '../stack/graph.ts';
import { receiverOf } from '../stack/offers.ts';
import { isPublic } from '../stack/reach.ts';
import { servicesOf } from '../stack/services-of.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import type { SessionContext } from './with-session.ts';
import type { Desired, LiveWorld } from './world.ts';

/** How long a chat that was just started again may take, ms. */
const CHAT_WITHIN_MS = 30_000;
/** One question may take this long where nothing is waited for, ms. */
const ASK_WITHIN_MS = 10_000;

/** Of who only looks: a run tries it first. */
const REPAIRS =
  'run `chatops-up up`: it repairs what is of the stack, or ends with the cause; `chatops-up doctor` looks without changing anything';

/**
 * What is published is asked where people reach it, the rest inside the stack's network.
 * @returns what the answer says. `withinMs` 0: asked once.
 */
const askWith =
  ({ nodes, probes, probeOf, probeFromHere, clock }: SessionContext) =>
  async (spec: ProbeSpec, name: string, withinMs: number, signal: AbortSignal): Promise<string> => {
    const once = withinMs === 0 ? ({ withinMs: ASK_WITHIN_MS, once: true } as const) : { withinMs };
    const probe = isPublic(probes, spec, nodes) ? probeFromHere(spec) : probeOf(spec);
    return openedText(await awaitGate(probe, { name, clock, signal, next: REPAIRS, ...once }));
  };

/** Everything a smoke run asks through. */
export const smokeDeps = (
  desired: Desired,
  { tls, inside, uuid, notifier, playedForge, checks }: LiveWorld,
  opened: SessionContext,
  report: (outcome: CheckOutcome) => void,
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
  checks,
  playedForge,
  runScript: notifier(desired.stack, opened.ports.secrets),
  uuid,
  report,
});

/** Wakes what a delivery meets (the forge is what is played) and waits until the chat answers at its public address. */
export const awaitChat = async ({ stack }: Desired, opened: SessionContext): Promise<void> => {
  const { chat } = stack.offers;
  if (!chat) return;
  const { session, signal, nodes } = opened;
  const receiver = receiverOf(stack)?.ref.target;
  const servers = [chat.target, ...(receiver === undefined ? [] : [receiver])];
  const needed = new Set(
    servers.flatMap((target) => (target.kind === 'service' ? neededFor(nodes, target.endpoint.service) : [])),
  );
  await Promise.all([...needed].map((name) => session.wake(name, 'look', signal)));
  await askWith(opened)(chat.usable, 'the chat', CHAT_WITHIN_MS, signal);
};
