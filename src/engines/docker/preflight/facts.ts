/** What a preflight decides over: facts alone, gathered before. */
import type { ErrorCode } from '../../../errors/catalogue.ts';
import { servicesOf } from '../../../stack/services-of.ts';
import type { Needs, Stack } from '../../../stack/stack.ts';
import type { EngineVersion } from '../engine-version.ts';

export interface PreflightFacts {
  readonly stack: Stack;
  readonly engine: EngineVersion;
  /** The plugin is there. */
  readonly hasCompose: boolean;
  /** Of the machine that the engine runs on. */
  readonly memoryBytes: number;
  /** Undefined when the engine is on another machine. */
  readonly swapBytes: number | undefined;
  /** `x86_64` with Docker, `amd64` with Podman. */
  readonly architecture: string;
  /** Where the engine keeps images and volumes. */
  readonly dataRoot: string;
  /** Free there; undefined when the engine is on another machine. */
  readonly freeBytes: number | undefined;
  /** Kind of the file system there; undefined when it is not known, or the engine is on another machine. */
  readonly fileSystem: string | undefined;
  /** Services whose image the engine does not have: it is fetched first. */
  readonly lacking: ReadonlySet<string>;
  /** Undefined when the engine is on another machine, or the CPU is none of x86. */
  readonly cpuFlags: ReadonlySet<string> | undefined;
  readonly takenPorts: readonly { readonly port: number; readonly service: string; readonly code: string }[];
  /** Public host names that have no address here. */
  readonly unresolved: readonly string[];
  /** The engine's address where what is said to it can be read on the way; undefined: it cannot. */
  readonly clearTo: string | undefined;
  /** The front door's address as seen from here. */
  readonly door: string;
}

export interface Obstacle {
  /** `refusal`: the stack cannot work; `warning`: it may. */
  readonly level: 'refusal' | 'warning';
  readonly code: ErrorCode;
  readonly what: string;
  readonly why: string;
  readonly next: string;
}

/** Pure. */
export type PreflightCheck = (facts: PreflightFacts) => readonly Obstacle[];

export const GIB = 1024 ** 3;
export const gib = (bytes: number): string => `${(bytes / GIB).toFixed(1)} GiB`;

/** Bytes that the services take together. @param each GiB of one of them */
export const together = (stack: Stack, each: (needs: Needs) => number): number =>
  servicesOf(stack).reduce((sum, { needs }) => sum + each(needs) * GIB, 0);
