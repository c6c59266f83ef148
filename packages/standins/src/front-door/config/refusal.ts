import { ChatopsError } from '../../../../../src/errors/chatops-error.ts';

/** The stand-in obeys what it is told or says what it cannot obey: nothing is ignored in silence. */
export const cannotObey = (what: string, line: number): ChatopsError =>
  new ChatopsError('SERVICE_FAILED', {
    what: `the front door's stand-in cannot obey nginx.conf line ${line}`,
    why: what,
    next: 'take that out of the configuration, or install nginx: the real one is used where it is found',
  });
