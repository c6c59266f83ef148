/**
 * The database is usable: the account logs in, is on no standby, and reads back what it wrote. What it writes stands in a
 * temporary table of a transaction that is rolled back, so nothing of it stays; a full disk refuses it all the same.
 */
import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, cannotTell, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf, reasonOf } from '../../../probes/foreseen.ts';
import type { Account, Endpoint } from '../../../stack/stack.ts';
import { isRefusal, POSTGRES, type PostgresSession } from '../postgres.ts';

export type PostgresSpec = {
  readonly what: 'postgres';
  readonly endpoint: Endpoint;
  readonly database: string;
  readonly account: Account;
};

const judge = async ({ endpoint, database, account }: PostgresSpec, session: PostgresSession, word: string) => {
  const where = `${endpoint.service}:${endpoint.port}`;
  if (await session.inRecovery()) return notReady(`${where} is in recovery, and takes no write`);
  const read = await session.writeAndRead(word);
  if (read === word) return ready(`${account.username} writes to ${database} and reads it back`);
  const what = `${where} gave back something else than was written`;
  return cannotTell(new ChatopsError('UNEXPECTED_ANSWER', { what, why: `in a temporary table of ${database}` }));
};

/** These pass: it starts or ends, others leave, somebody makes room, a standby becomes the primary. */
const answerTo = (thrown: unknown): Answer => {
  if (isRefusal(thrown, 'starting', 'stopping', 'full-of-connections', 'disk-full', 'read-only', 'timed-out')) {
    return notReady(reasonOf(thrown));
  }
  throw thrown;
};

export const createPostgresProbe = (spec: PostgresSpec, ports: Ports): Probe => ({
  id: 'postgres',
  ask: (signal) =>
    answerOf(signal, () => {
      const { addresses, client, randomWord, secrets } = ports;
      const { username, password } = spec.account;
      const login = { username, password: secrets.read(password), database: spec.database };
      return client(POSTGRES)
        .visit(addresses.resolve(spec.endpoint), login, (session) => judge(spec, session, randomWord()), { signal })
        .catch(answerTo);
    }),
});
