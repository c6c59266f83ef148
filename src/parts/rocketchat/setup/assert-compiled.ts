import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Webhook } from '../rocketchat.ts';

/** A script with a mistake is saved with 200 all the same, and the hook then posts blanks. */
export const assertCompiled = ({ name, scriptCompiled, scriptError }: Webhook): void => {
  if (scriptCompiled && scriptError === undefined) return;
  throw new ChatopsError('JOB_FAILED', {
    what: `Rocket.Chat could not compile the script of webhook ${name}`,
    why: scriptError ?? 'the server kept no compiled script (8.0 images lack parts of the compiler, #38210)',
    next: 'use Rocket.Chat 8.1 or later; if it is, report this with the text above',
  });
};
