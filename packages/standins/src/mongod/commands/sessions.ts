/** Sessions are taken as they come: nothing hangs on them but retried writes. Transactions are refused, see dispatch.ts. */
import { UUID } from 'bson';
import { refusal } from '../errors.ts';
import type { Command } from './command.ts';

const session = (name: string, run: Command['run']): Command => ({
  name,
  counts: 'session',
  needs: 'any',
  open: true,
  run,
});

export const sessions: readonly Command[] = [
  session('startSession', () => ({ id: { id: new UUID() }, timeoutMinutes: 30 })),
  session('endSessions', () => ({})),
  session('refreshSessions', () => ({})),
  session('killSessions', () => ({})),
  session('killAllSessions', () => ({})),
  session('commitTransaction', () => {
    throw refusal('NoSuchTransaction', 'Transaction was not started');
  }),
  session('abortTransaction', () => {
    throw refusal('NoSuchTransaction', 'Transaction was not started');
  }),
  session('logout', ({ connection }) => {
    connection.memory.delete('user');
    return {};
  }),
];
