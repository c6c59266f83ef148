/** The engine opened for the length of a task, with everything that asks its servers. */

import type { Clock } from '../contracts/clock.ts';
import type { Engine, EngineSession } from '../contracts/engine.ts';
import type { Job } from '../contracts/job.ts';
import type { Ports } from '../contracts/ports.ts';
import type { Probe } from '../contracts/probe.ts';
import { createProbe, type ProbeKinds } from '../contracts/probe-kinds.ts';
import type { JobSpec, ProbeSpec, StackNode } from '../stack/stack.ts';
import type { Desired, World } from './world.ts';

export interface SessionContext {
  /** What the engine's look at the machine found worth a warning, each with its remedy. */
  readonly cautions: readonly string[];
  readonly session: EngineSession;
  /** The part of the graph that this engine runs. */
  readonly nodes: readonly StackNode[];
  readonly ports: Ports;
  readonly probes: ProbeKinds;
  /** Asked inside the stack's network where that is another one than ours. */
  readonly probeOf: (spec: ProbeSpec) => Probe;
  /** Asked from this process: reaches URLs and published ports only. */
  readonly probeFromHere: (spec: ProbeSpec) => Probe;
  readonly jobOf: (spec: JobSpec) => Promise<Job>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** What has no use on this engine is taken out of the graph; nothing may wait for it. */
export const nodesFor = ({ stack }: Desired, { can }: Engine): readonly StackNode[] =>
  stack.nodes.filter((node) => node.kind === 'job' || can.network || !node.reachesInside);

/** The same question, asked from where its servers can be reached. */
const asked = (probe: Probe, spec: ProbeSpec, { inside }: EngineSession): Probe =>
  inside ? { id: probe.id, ask: (signal) => inside.ask(spec, signal) } : probe;

export const withSession = async <T>(
  desired: Desired,
  { engine, portsFor, createJob, probes, clock, signal }: World,
  task: (opened: SessionContext) => Promise<T>,
): Promise<T> => {
  const cautions = await engine.preflight(desired.stack);
  const session = await engine.open(desired.stack);
  try {
    const ports = portsFor(session.addresses);
    return await task({
      session,
      cautions,
      nodes: nodesFor(desired, engine),
      ports,
      probes,
      probeOf: (spec) => asked(createProbe(probes, spec, ports), spec, session),
      probeFromHere: (spec) => createProbe(probes, spec, ports),
      jobOf: (spec) => createJob(spec, ports),
      clock,
      signal,
    });
  } finally {
    await session.close();
  }
};
