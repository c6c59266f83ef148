/** When a service is given up: its container ended again and again, or for good. */
import type { Containers, Exit } from '../ports/containers.ts';

/** The engine starts a container again by itself; after this many ends in one run nobody believes in it any more. */
const ENDS_BELIEVED = 4;
const LINES = 10;

const endText = ({ exitCode, outOfMemory }: Exit): string =>
  `its container ended with ${exitCode}${outOfMemory ? ' (killed for memory)' : ''}`;

/** Resolves with the reason. Never rejects; stays silent when `signal` is aborted. */
export const watchCrashes = async (
  id: string,
  containers: Containers,
  redact: (text: string) => string,
  signal: AbortSignal,
): Promise<string> => {
  const never = new Promise<string>(() => undefined);
  try {
    for (let ends = 1; ; ends += 1) {
      const exit = await containers.nextExit(id, signal);
      if (ends < ENDS_BELIEVED) continue;
      const lines = redact(await containers.lastLines(id, LINES));
      return `${endText(exit)}, ${ends} times in this run; its last lines:\n${lines}`;
    }
  } catch {
    // Aborted, or the container was removed: somebody else knows why.
    return never;
  }
};
