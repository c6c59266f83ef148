/** The stand-ins' own errors in our words: the one place where the two meet. */
import { StandinError, type StandinErrorCode } from '@chatops-up/standins';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';

interface OurWords {
  readonly code: ErrorCode;
  /** What a user of chatops-up can do; where absent, what the stand-in says. */
  readonly next?: string;
}

const OURS: Readonly<Record<StandinErrorCode, OurWords>> = {
  STATE_DAMAGED: { code: 'STATE_DAMAGED' },
  CONFIGURATION_MISSING: { code: 'SERVICE_FAILED', next: 'run `chatops-up render`' },
  CONFIGURATION_UNSUPPORTED: {
    code: 'SERVICE_FAILED',
    next: 'take that out of the configuration',
  },
  CERTIFICATE_UNREADABLE: { code: 'SERVICE_FAILED' },
};

/**
 * @param real name of the real program that plays the service where it is found; undefined where only a stand-in can
 * @returns a ChatopsError for an error of a stand-in, anything else as it was thrown
 */
export const fromStandin = (thrown: unknown, real?: string): unknown => {
  if (!(thrown instanceof StandinError)) return thrown;
  const { what, why, cause } = thrown;
  const { code, next = thrown.next } = OURS[thrown.code];
  const isBeyond = thrown.code === 'CONFIGURATION_UNSUPPORTED' && real !== undefined;
  const advice = isBeyond ? `${next}, or install ${real}: the real one is used where it is found` : next;
  return new ChatopsError(code, {
    what,
    ...(why === undefined ? {} : { why }),
    ...(advice === undefined ? {} : { next: advice }),
    cause: cause ?? thrown,
  });
};
