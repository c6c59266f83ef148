/** What runs the services of a stack: containers, or stand-ins in our own process. */

import type { ChatopsError } from '../errors/chatops-error.ts';
import type { Endpoint, JobSpec, ProbeSpec, ServiceNode, Stack, StackNode } from '../stack/stack.ts';
import type { Addresses } from './addresses.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { EventSink } from './event-sink.ts';
import type { Change, Decision } from './job.ts';
import type { Answer } from './probe.ts';
import type { Proof } from './proofs.ts';
import type { Reached } from './reach.ts';

export interface Engine {
  /** Its name, as after `--engine`. */
  readonly kind: string;
  /** Why this one, in words for the report: `no Docker answers (…)`. */
  readonly why: string;
  readonly can: EngineCapabilities;
  /**
   * Called where a session will be opened, as soon as that is known: what takes long is begun. Nothing is waited for,
   * and nothing is left of it where no session follows. Absent: nothing takes long.
   */
  begin?(stack: Stack): void;
  /**
   * Looks before anything is written.
   * @returns warnings, each with its remedy
   * @throws ChatopsError PORT_TAKEN, ENGINE_UNAVAILABLE, MACHINE_UNFIT
   */
  preflight(stack: Stack): Promise<readonly string[]>;
  /** What `down` with volumes loses, in words for the question before it. */
  readonly data: string;
  /**
   * Absent where services write no logs of their own. Lines with the secrets taken out; see `Compose.logs`.
   * @throws the signal's reason when aborted
   */
  logs?(stack: Stack, wanted: LogsWanted, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** Stops every service, in the reverse order of their start; with `volumes` their data goes too. */
  down(stack: Stack, options: { readonly volumes: boolean }): Promise<void>;
  /**
   * Present where services end with the process that runs them: an engine over those that another process of ours runs.
   * It starts, stops and writes nothing.
   * @param running whether there is such a process
   */
  beside?(running: boolean): Engine;
  /** @throws ChatopsError STACK_LOCKED, PORT_TAKEN, DIRECTORY_UNUSABLE */
  open(stack: Stack): Promise<EngineSession>;
}

export interface EngineCapabilities {
  /** Its services run in this process and end with it. Else they run on without us. */
  readonly endsWithUs: boolean;
  /** The stack has a network of its own, which this process may not reach. */
  readonly network: boolean;
  /** Its servers are stand-ins: a run is a rehearsal. Default false. */
  readonly rehearses?: boolean;
}

export interface EngineSession {
  readonly addresses: Addresses;
  /** Present where probes and jobs work inside the stack's network instead of in this process. */
  readonly inside?: Inside;
  /** Present where services are containers in a network of their own. */
  readonly network?: NetworkView;
  /** What is there now, by service name, also what the stack no longer wants. Reads only. */
  observe(): Promise<ReadonlyMap<string, ObservedService>>;
  /** The form in which `service` would be observed if it ran as wanted. */
  fingerprint(service: ServiceNode): Fingerprint;
  /**
   * Fetches what the services need before the first of them is made; reports how far it is. Absent: nothing is needed.
   * @throws ChatopsError IMAGE_MISSING
   */
  prepare?(events: EventSink, signal: AbortSignal): Promise<void>;
  /** Creates or replaces it where it differs, and lets it run. Resolves when its process has started, not when it is ready. */
  start(service: ServiceNode, signal: AbortSignal): Promise<void>;
  /**
   * Resolves when all that the container of a started service works with is there: the service counts as ready only
   * then. Absent: it is when it has started.
   * @throws ChatopsError SERVICE_FAILED why it cannot be
   */
  completed?(service: ServiceNode, signal: AbortSignal): Promise<void>;
  /**
   * Lets a service run that was there before, unchanged (also one the stack no longer wants).
   * `look`: only so that it can be asked; where that would change something outside (a stopped container) nothing
   * happens and the answer is false. `run`: for good; the answer is true.
   */
  wake(name: string, purpose: 'look' | 'run', signal: AbortSignal): Promise<boolean>;
  /** Stops and removes it; its data stays. */
  remove(name: string): Promise<void>;
  /** Resolves with the reason when the service ends by itself. Never rejects. */
  crashed(name: string): Promise<string>;
  /**
   * What is known of a node that failed, of the service itself or of the one that the job works on; undefined when
   * that is nothing. Reads only.
   */
  diagnose?(node: StackNode, error: ChatopsError): Promise<Diagnosis | undefined>;
  /** Who plays what, and what reached the stand-ins, for the report. */
  played(): readonly PlayedService[];
  /** Embedded: stops every server, its state is on disk. Docker: lets go, the containers run on. */
  close(): Promise<void>;
}

/** The stack's own network, which this process may not reach: its probes and jobs run there. */
export interface Inside {
  /** Asks once. Rejects only when `signal` is aborted. */
  ask(spec: ProbeSpec, signal: AbortSignal): Promise<Answer>;
  /** Carries the job out, to its end; one that finds nothing to change has only looked. @throws ChatopsError what the job throws */
  runJob(job: string, listeners: JobListeners, signal: AbortSignal): Promise<void>;
  /**
   * What the job would do; undefined while what runs inside was started without the code that does it.
   * @param spec instead of what the stack says it is to do
   * @throws ChatopsError what its observation throws
   */
  decideJob(job: string, signal: AbortSignal, spec?: JobSpec): Promise<Decision | undefined>;
  /** What the job has proven in this session. */
  proof(job: string): Proof | undefined;
}

/** The stack's networks as its containers see them. Reads only. */
export interface NetworkView {
  /** Service → its container; one without is missing. */
  presences(): Promise<ReadonlyMap<string, Presence>>;
  /** Which of these the container of `service` reaches, each by a name or by an address. Rejects only when `signal` is aborted. */
  reach(service: string, targets: readonly Endpoint[], signal: AbortSignal): Promise<ReachAnswer>;
}

export interface Presence {
  readonly running: boolean;
  /** `running`, `exited with 137` */
  readonly says: string;
  /** Networks of the stack in which it is not and should be, by their real names. */
  readonly lacks: readonly string[];
  /** In all of its networks, also those that are not the stack's. */
  readonly addresses: readonly string[];
}

export type ReachAnswer =
  /** In the order of the targets. */
  | { readonly kind: 'asked'; readonly reached: readonly Reached[] }
  | { readonly kind: 'not-asked'; readonly why: string };

export interface JobListeners {
  readonly onChange: (change: Change) => void;
  readonly onWarning: (text: string) => void;
  /** What it waits for when that takes longer than a moment. */
  readonly onWaiting: (forWhat: string) => void;
}

/** Aspect (`image`, `environment`, `command`, …) → a digest or short text: what must be equal for "unchanged". */
export type Fingerprint = Readonly<Record<string, string>>;

export interface ObservedService {
  readonly name: string;
  readonly running: boolean;
  readonly fingerprint: Fingerprint;
  /** What made it usable when it was last started: what can be expected of it before anything is changed. */
  readonly usable?: ProbeSpec;
}

export interface PlayedService {
  readonly service: string;
  readonly by: 'stand-in' | 'real' | 'container';
  /** Requests that reached a stand-in in this run. */
  readonly requests?: Readonly<Record<'read' | 'write' | 'session' | 'traffic', number>>;
}

export interface LogsWanted {
  readonly services: readonly string[];
  readonly follow: boolean;
  /** How many of the last lines of each container. */
  readonly tail: number;
}
