/** What an engine knows of a service that failed, as data for reports. Secrets are taken out of every text. */

export interface Diagnosis {
  /** What was looked at: the service that failed, or the one that the failed job works on. */
  readonly service: string;
  /** Undefined when there is no container of it. */
  readonly container: ContainerStory | undefined;
  /** How often it ended in this run, and how the last time. */
  readonly ends: number;
  readonly lastEnd: Exit | undefined;
  /** The last lines that it said, both streams. */
  readonly lines: readonly string[];
  /** The most likely known cause; undefined when none is recognised. */
  readonly cause: KnownCause | undefined;
}

export interface KnownCause {
  /** One sentence: `its memory limit of 16 MiB is too small`. */
  readonly what: string;
  /** What fixes it. */
  readonly next: string;
}

export type ContainerState = 'created' | 'running' | 'restarting' | 'paused' | 'exited' | 'dead' | 'removing';

export interface Exit {
  readonly exitCode: number;
  /** The kernel killed it for memory. */
  readonly outOfMemory: boolean;
}

/** What the engine remembers of a container's life. */
export interface ContainerStory {
  /** `demo-wiki-1` */
  readonly name: string;
  readonly state: ContainerState;
  readonly exitCode: number;
  /** Of its last life. */
  readonly outOfMemory: boolean;
  /** Why the engine could not start it, in its words; empty when it could. */
  readonly engineSays: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Bytes; 0: none. */
  readonly memoryLimit: number;
  /** The last runs of its HEALTHCHECK, oldest first. */
  readonly health: readonly HealthEntry[];
}

export interface HealthEntry {
  /** ISO 8601. */
  readonly at: string;
  /** 0: healthy. */
  readonly exitCode: number;
  readonly said: string;
}
