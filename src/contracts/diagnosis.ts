/** What an engine knows of a service that failed, as data for reports. Secrets are taken out of every text. */
import type { ContainerStory } from '../engines/docker/containers.ts';

export interface Diagnosis {
  /** What was looked at: the service that failed, or the one that the failed job works on. */
  readonly service: string;
  /** Undefined when there is no container of it. */
  readonly container: ContainerStory | undefined;
  /** How often it ended in this run, and how the last time. */
  readonly ends: number;
  readonly lastEnd: { readonly exitCode: number; readonly outOfMemory: boolean } | undefined;
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
