import type { ProbeSpec, ServiceNode, Stack } from '../stack/stack.ts';
import type { Ports } from './ports.ts';
import type { ProbeKinds } from './probe-kinds.ts';
import type { Tls } from './tls.ts';

/** What a check belongs to in reports. */
export type Area = string;

/** One thing to be proven of a live stack. */
export interface Check {
  readonly area: Area;
  readonly name: string;
  /** @throws ChatopsError when it does not hold. @throws the signal's reason when aborted */
  run(signal: AbortSignal): Promise<Answered>;
}

export type Answered =
  | { readonly kind: 'passed'; readonly answer: string }
  /** It cannot be asked here; says why. */
  | { readonly kind: 'left-out'; readonly why: string };

export const passed = (answer: string): Answered => ({ kind: 'passed', answer });
export const leftOut = (why: string): Answered => ({ kind: 'left-out', why });

/** A service that has just been started again with its data is given this long, ms. */
export const PATIENCE_MS = 15_000;

/** What a check may ask through; the table of probes stands behind `ask`. */
export interface CheckDeps {
  readonly stack: Stack;
  readonly ports: Ports;
  readonly probes: ProbeKinds;
  readonly tls: Tls;
  /** False: only what is published can be asked, so what is inside the stack's network is left out. */
  readonly inside: boolean;
  /** Services this engine runs; the others have nobody to ask. */
  readonly services: readonly ServiceNode[];
  /** Lets a service run that was there before. Resolves to why it cannot be asked; undefined when it can. */
  readonly wake: (service: ServiceNode, signal: AbortSignal) => Promise<string | undefined>;
  /**
   * The probe's detail once it is ready, asked again for `withinMs`; 0: once.
   * @throws ChatopsError what it said instead
   */
  readonly ask: (spec: ProbeSpec, name: string, withinMs: number, signal: AbortSignal) => Promise<string>;
}

export type MakeChecks = (deps: CheckDeps) => readonly Check[];

/** What a part has proven of a live stack. */
export interface Checks {
  /** What may still be starting: asked together, as it waits for each other, and again for a while. */
  readonly starting?: readonly MakeChecks[];
  /** Asked once, one after the other. */
  readonly settled?: readonly MakeChecks[];
}
