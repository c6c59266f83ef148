import { ChatopsError } from '../../src/errors/chatops-error.ts';

/** A reader of texts that are not ours. */
export interface Target {
  readonly name: string;
  /** Good texts, of which the others are made. */
  readonly seeds: readonly string[];
  /** How many of the cases are its, beside the other targets; default 1. A slow one takes a smaller share. */
  readonly share?: number;
  /** @throws what the reader throws, and Error when what it gave is not as it must be */
  run(text: string): void | Promise<void>;
}

/** An error that says what users can do about it; ours alone is INTERNAL. */
export const isForeseen = (thrown: unknown): boolean => thrown instanceof ChatopsError && thrown.code !== 'INTERNAL';

export const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};
