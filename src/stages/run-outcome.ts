/** A run's events written to the journal, and what it came to. */

import type { Inside } from '../contracts/engine.ts';
import type { EventSink } from '../contracts/event-sink.ts';
import type { Ports } from '../contracts/ports.ts';
import type { Proof } from '../contracts/proofs.ts';
import { type Converged, isReached } from '../engine/converge.ts';
import type { NodeOutcome, UpOutcome } from '../engine/outcome.ts';
import type { FileStep } from '../engine/plan.ts';
import { toChatopsError } from '../errors/chatops-error.ts';
import type { PublicUrls, Stack } from '../stack/stack.ts';
import { silentAddresses } from './silent-addresses.ts';
import type { SessionContext } from './with-session.ts';
import type { Desired, World } from './world.ts';

/** Every change is in the journal before it is reported. */
export const journalled = ({ events, journal }: World): EventSink => ({
  emit: (event) => {
    if (event.type === 'change') journal.append({ node: event.node, change: event.change });
    events.emit(event);
  },
});

/** @param about a name that is no node's: `preflight` */
export const emitWarnings = (about: string, texts: readonly string[], { events }: Pick<World, 'events'>): void => {
  for (const text of texts) events.emit({ type: 'warning', node: about, text });
};

/** Proofs that this run has made or read back. */
const readProofs = async (
  ports: Ports,
  inside: Inside | undefined,
  nodes: readonly NodeOutcome[],
): Promise<Readonly<Record<string, Proof>>> => {
  const done = nodes.filter(({ kind, result }) => kind === 'job' && result === 'done').map(({ node }) => node);
  const proofs = await Promise.all(
    done.map(async (name) => [name, inside ? inside.proof(name) : await ports.proofs.read(name)] as const),
  );
  return Object.fromEntries(proofs.flatMap(([name, proof]) => (proof ? [[name, proof]] : [])));
};

/** Of the front door; servers that are not of this stack are asked for what it needs of them, and for nothing else. */
const ownUrls = ({ hosts, publicUrls }: Stack): PublicUrls =>
  Object.fromEntries(Object.entries(publicUrls).filter(([label]) => hosts.some((host) => host.label === label)));

export interface RunFacts {
  readonly startedAt: number;
  readonly files: readonly FileStep[];
  readonly converged: Converged;
}

export const runOutcome = async (
  { stack }: Desired,
  { engine }: World,
  { session, ports, clock, cautions, signal }: SessionContext,
  { startedAt, files, converged }: RunFacts,
): Promise<UpOutcome> => {
  const reached = isReached(converged.outcomes);
  const [proofs, silent] = await Promise.all([
    readProofs(ports, session.inside, converged.outcomes),
    reached ? silentAddresses(ownUrls(stack), ports.http, signal) : {},
  ]);
  return {
    engine: engine.kind,
    engineWhy: engine.why,
    ...(cautions.length > 0 ? { cautions } : {}),
    files,
    services: converged.services,
    nodes: converged.outcomes,
    played: session.played(),
    urls: stack.publicUrls,
    ...(Object.keys(silent).length > 0 ? { silent } : {}),
    proofs,
    tookMs: clock.now() - startedAt,
    ...(signal.aborted && !reached ? { interrupted: toChatopsError(signal.reason) } : {}),
  };
};
