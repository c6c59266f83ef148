import type { ChoosePlayers } from '../../contracts/players.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { findPostgres } from './client/find-postgres.ts';
import { createRealPostgres } from './client/real-postgres.ts';

/** There is no stand-in: see docs/decisions/36-postgres-plays-itself.md. @throws ChatopsError SERVICE_FAILED */
const absent = (): never => {
  throw new ChatopsError('SERVICE_FAILED', {
    what: 'PostgreSQL cannot be started',
    why: 'without containers it is played by itself alone, and there is none on this machine',
    next: 'install it (Debian: `apt-get install postgresql`), name its `postgres` in CHATOPS_POSTGRES, or use containers: `--engine docker`',
  });
};

export const postgresPlayers: ChoosePlayers = (env) => {
  const bin = findPostgres(env);
  return {
    roles: { postgres: bin === undefined ? absent : (context) => createRealPostgres(bin, context, env) },
    real: { postgres: 'PostgreSQL' },
  };
};
