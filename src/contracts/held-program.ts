/** A program run inside a container, with its standard input and output held by us. */
export interface HeldProgram {
  write(text: string): void;
  /** Resolves when its output has ended. Never rejects. */
  readonly ended: Promise<void>;
  /** Resolves when nothing is left of it. */
  close(): Promise<void>;
}

/** Runs a program beside a container's own. @param id of the container @param onOutput called with every chunk of its standard output */
export type HoldProgram = (
  id: string,
  command: readonly string[],
  onOutput: (chunk: string) => void,
) => Promise<HeldProgram>;
