import { hasTexts, isNumber, mayHaveTexts } from '../values/shape.ts';

/** Remembers which message proved what, so that a later run can read it back instead of posting again. */
export interface ProofStore {
  read(name: string): Promise<Proof | undefined>;
  write(name: string, proof: Proof): Promise<void>;
}

/** Where one stands in the stack directory: each in a file of its own, for jobs run at once, in processes of their own. */
export const proofFile = (name: string): string => `.chatops/proofs/${name}.json`;

export interface Proof {
  readonly messageId: string;
  readonly roomId: string;
  /** The text as it was posted. */
  readonly text: string;
  /** What became that message, for people: `a pipeline event`; absent where we posted it ourselves. */
  readonly shows?: string;
  /** ISO 8601. */
  readonly at: string;
  /** From sending until it was read back, ms. */
  readonly roundTripMs: number;
}

/** What another run or a container says may be half of one. */
export const isProof = (value: unknown): value is Proof =>
  hasTexts(value, 'messageId', 'roomId', 'text', 'at') &&
  mayHaveTexts(value, 'shows') &&
  isNumber(value.roundTripMs) &&
  !Number.isNaN(Date.parse(String(value.at)));
