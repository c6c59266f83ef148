/** Remembers which message proved what, so that a later run can read it back instead of posting again. */
export interface ProofStore {
  read(name: string): Promise<Proof | undefined>;
  write(name: string, proof: Proof): Promise<void>;
}

/** Where they stand in the stack directory. */
export const PROOFS_FILE = '.chatops/proofs.json';

export interface Proof {
  readonly messageId: string;
  readonly roomId: string;
  /** The text as it was posted. */
  readonly text: string;
  /** What became that message, for people: `a GitLab pipeline event`; absent where we posted it ourselves. */
  readonly shows?: string;
  /** ISO 8601. */
  readonly at: string;
  /** From sending until it was read back, ms. */
  readonly roundTripMs: number;
}
