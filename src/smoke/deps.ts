import type { Ports } from '../contracts/ports.ts';
import type { ProbeKinds } from '../contracts/probe-kinds.ts';
import type { Tls } from '../contracts/tls.ts';
import type { RunScript } from '../simulate/simulate.ts';
import type { ProbeSpec, ServiceNode, Stack } from '../stack/stack.ts';
import type { CheckOutcome } from './outcome.ts';

/** Everything a smoke test asks; the table of probes stands behind `ask`. */
export interface SmokeDeps {
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
  /** Our own script, run here. */
  readonly runScript: RunScript;
  readonly uuid: () => string;
  /** Told as soon as a check has ended. */
  readonly tell: (outcome: CheckOutcome) => void;
}
