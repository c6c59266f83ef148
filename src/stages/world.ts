/** What operations work on and in: plain types, no code. */
import type { Config } from '../config/config.ts';
import type { Finding } from '../config/finding.ts';
import type { ConfigProblem } from '../config/problem.ts';
import type { Addresses } from '../contracts/addresses.ts';
import type { Checks } from '../contracts/check.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Engine } from '../contracts/engine.ts';
import type { EventSink } from '../contracts/event-sink.ts';
import type { Files } from '../contracts/files.ts';
import type { House } from '../contracts/house.ts';
import type { Job } from '../contracts/job.ts';
import type { Journal } from '../contracts/journal.ts';
import type { PlayedForge } from '../contracts/played-forge.ts';
import type { Ports } from '../contracts/ports.ts';
import type { ProbeKinds } from '../contracts/probe-kinds.ts';
import type { RenderedFile } from '../contracts/renderer.ts';
import type { Secrets } from '../contracts/secrets.ts';
import type { Tls } from '../contracts/tls.ts';
import type { UpOutcome } from '../engine/outcome.ts';
import type { RunScript } from '../simulate/simulate.ts';
import type { JobSpec, Stack } from '../stack/stack.ts';

/** What a chatops.yaml asks for, worked out to the last file. */
export interface Desired {
  readonly config: Config;
  readonly stack: Stack;
  readonly files: readonly RenderedFile[];
  /** What it was made with. */
  readonly house: House;
  /** Accepted, but worth a warning. */
  readonly warnings: readonly ConfigProblem[];
  /** Of what stands beside chatops.yaml, worth knowing, a line each. */
  readonly notes: readonly string[];
  /** Findings made later about chatops.yaml. @returns the warnings. @throws ConfigError CONFIG_INVALID */
  readonly judge: (findings: readonly Finding[]) => readonly ConfigProblem[];
}

/** Everything outside that an operation may touch. */
export interface World {
  readonly files: Files;
  readonly engine: Engine;
  readonly secrets: Secrets;
  readonly portsFor: (addresses: Addresses) => Ports;
  readonly createJob: (spec: JobSpec, ports: Ports) => Promise<Job>;
  readonly probes: ProbeKinds;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly journal: Journal;
  readonly signal: AbortSignal;
  /** Called when the engine can begin, before the first file is written. */
  readonly prepare?: () => Promise<void>;
  /** Called with what the run came to; resolves when servers that run in our process may stop. Default: at once. */
  readonly hold?: (outcome: UpOutcome) => Promise<void>;
}

/** The notifier of a stack, run here instead of in its chat. */
export type Notifier = (stack: Stack, secrets: Secrets) => RunScript;

/** What proving a live stack needs besides. */
export interface LiveWorld extends World {
  readonly tls: Tls;
  readonly notifier: Notifier;
  readonly playedForge: PlayedForge;
  /** What the parts have proven of a live stack. */
  readonly checks: readonly Checks[];
  readonly uuid: () => string;
  /** False: only published addresses can be asked. */
  readonly inside: boolean;
}
