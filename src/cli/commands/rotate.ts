import { ChatopsError } from '../../errors/chatops-error.ts';
import { nearest } from '../../values/nearest.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { ROTATED } from '../../wiring/rotated.ts';
import { CONFIG_FILE, readConfigText } from '../../wiring/stack-directory.ts';
import { type UpOptions, upCommand } from './up.ts';

const unknown = (what: string): ChatopsError => {
  const names = Object.keys(ROTATED);
  const meant = nearest(what, names);
  return new ChatopsError('USAGE', {
    what: `nothing called ${what} can be rotated`,
    why: `known: ${names.join(', ')}; the others are passwords and tokens that their servers keep`,
    next: meant === undefined ? `name one of these` : `did you mean ${meant}?`,
  });
};

/**
 * A new value in `.env`, then `up`, which updates both sides: of the hooks' secret the chat takes both values until every
 * hook has the new one; a user of the database gets its password before its program is started again with it; with
 * another key every member of the set is started again. Killed at any point, the next `up` goes on. @throws ChatopsError USAGE, CONFIG_MISSING, and as `up`
 */
export const rotateCommand = async (
  invocation: Invocation,
  what: string,
  { wait }: Pick<UpOptions, 'wait'>,
): Promise<number> => {
  const name = Object.hasOwn(ROTATED, what) ? ROTATED[what] : undefined;
  if (name === undefined) throw unknown(what);
  if (readConfigText(invocation.dir) === undefined) {
    throw new ChatopsError('CONFIG_MISSING', {
      what: `there is no ${CONFIG_FILE} in ${invocation.dir}`,
      next: 'name the directory of the stack with --dir',
    });
  }
  return upCommand(invocation, { stay: false, renew: [name], wait });
};
