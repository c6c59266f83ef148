import type { Area } from './outcome.ts';

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
