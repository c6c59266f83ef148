/** A chat may be ready and take no message yet: what is posted then is posted again until it is taken. */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Clock } from './clock.ts';

/**
 * How long a chat may take none after it has become ready, ms: one that has to ask its vendor first gives that up well
 * within this time.
 */
export const TAKES_NONE_MS = 90_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Moment of `clock` from which the chat is known to be ready. */
  readonly since: number;
  /** Called before each pause, with what is waited for. @throws when there is no time left: the refusal is reported then */
  readonly waiting?: (forWhat: string) => void;
}

const mayGoOn = ({ waiting }: Patience, refused: ChatopsError): boolean => {
  try {
    waiting?.(refused.message);
    return true;
  } catch {
    // That time is over says less than what it was waited for, which has a cure of its own.
    return false;
  }
};

/** @param post its refusal changes nothing. @throws ChatopsError CHAT_READ_ONLY when that has lasted, and what `post` throws */
export const onceItTakesMessages = async <T>(post: () => Promise<T>, patience: Patience): Promise<T> => {
  const { clock, signal, since } = patience;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      return await post();
    } catch (thrown) {
      if (!(thrown instanceof ChatopsError) || thrown.code !== 'CHAT_READ_ONLY') throw thrown;
      if (clock.now() - since >= TAKES_NONE_MS || !mayGoOn(patience, thrown)) throw thrown;
    }
    await clock.sleep(pause, signal);
  }
};
