import type { CheckDeps, Checks } from '../contracts/check.ts';
import type { PlayedForge } from '../contracts/played-forge.ts';
import type { RunScript } from '../simulate/simulate.ts';
import type { CheckOutcome } from './outcome.ts';

/** Everything a smoke test asks. */
export interface SmokeDeps extends CheckDeps {
  /** Of the parts, in their order. */
  readonly checks: readonly Checks[];
  /** What fresh deliveries are made with. */
  readonly playedForge: PlayedForge;
  /** Our own script, run here. */
  readonly runScript: RunScript;
  readonly uuid: () => string;
  /** Called as soon as a check has ended. */
  readonly report: (outcome: CheckOutcome) => void;
}
