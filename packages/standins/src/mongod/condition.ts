/** Waiting for something to become true inside a server: what changes state calls `changed`. */
import { afterReal } from '../kit/real-time.ts';
export interface Condition {
  changed(): void;
  /** True as soon as `holds` does, false after `realMs` (or never, when that is undefined) or once the server ends. */
  until(holds: () => boolean, realMs?: number): Promise<boolean>;
  /** Everybody who waits gets false, now and later. */
  end(): void;
  readonly ended: boolean;
}

export const createCondition = (): Condition => {
  const waiting = new Set<() => void>();
  let ended = false;
  return {
    changed: () => {
      for (const look of [...waiting]) look();
    },
    until: (holds, realMs) => {
      if (ended) return Promise.resolve(false);
      if (holds()) return Promise.resolve(true);
      return new Promise((resolve) => {
        let cancel = (): void => undefined;
        const finish = (answer: boolean) => {
          waiting.delete(look);
          cancel();
          resolve(answer);
        };
        const look = () => {
          if (ended) finish(false);
          else if (holds()) finish(true);
        };
        waiting.add(look);
        if (realMs !== undefined) cancel = afterReal(realMs, () => finish(false));
      });
    },
    get ended() {
      return ended;
    },
    end: () => {
      ended = true;
      for (const look of [...waiting]) look();
    },
  };
};
