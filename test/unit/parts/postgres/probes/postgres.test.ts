import { describe, expect, it } from 'vitest';
import { clientsOf, provide } from '../../../../../src/contracts/ports.ts';
import { createProbe } from '../../../../../src/contracts/probe-kinds.ts';
import { describeServerError } from '../../../../../src/parts/postgres/client/postgres-words.ts';
import { POSTGRES, type PostgresLogin, type PostgresPort } from '../../../../../src/parts/postgres/postgres.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { PROBE_KINDS } from '../../../../../src/wiring/probe-kinds.ts';
import { portsOver, text } from '../../../probes/ports-over.ts';

const spec = {
  what: 'postgres',
  endpoint: { service: 'db', port: 5432 },
  database: 'pages',
  account: { username: 'wiki', password: 'WIKI_PASSWORD' },
};

interface Server {
  readonly inRecovery?: boolean;
  readonly reads?: string;
  readonly refuses?: readonly [sqlState: string, text: string];
}

/** @returns the answer, and the user who logged in */
const asked = async ({ inRecovery = false, reads = 'apple', refuses }: Server) => {
  const logins: PostgresLogin[] = [];
  const visit: PostgresPort['visit'] = async (_at, login, use) => {
    logins.push(login);
    if (refuses) throw describeServerError('login as wiki was refused', ...refuses, undefined);
    return use({ inRecovery: async () => inRecovery, writeAndRead: async () => reads });
  };
  const ports = portsOver(
    { db: 5432 },
    {
      client: clientsOf([provide(POSTGRES, { visit, greet: async () => ({ kind: 'takes-logins' }) })]),
      secrets: { read: (name) => new Secret(`value of ${name}`) },
      randomWord: () => 'apple',
    },
  );
  const answer = await createProbe(PROBE_KINDS, spec, ports).ask(new AbortController().signal);
  return { answer: text(answer), logins };
};

describe('the probe of a database', () => {
  it('is ready when what was written is read back', async () => {
    expect((await asked({})).answer).toBe('ready wiki writes to pages and reads it back');
  });

  it('asks as the account, in its database', async () => {
    const { logins } = await asked({});
    expect(logins.map(({ username, password, database }) => [username, password.reveal(), database])).toEqual([
      ['wiki', 'value of WIKI_PASSWORD', 'pages'],
    ]);
  });

  it('is not ready on a standby', async () => {
    expect((await asked({ inRecovery: true })).answer).toBe('not-ready db:5432 is in recovery, and takes no write');
  });

  it('cannot tell when something else is read than was written', async () => {
    expect((await asked({ reads: 'pear' })).answer).toMatch(/^cannot-tell UNEXPECTED_ANSWER /);
  });

  it.each([
    ['57P03', 'the database system is starting up'],
    ['57P01', 'terminating connection due to administrator command'],
    ['53300', 'sorry, too many clients already'],
    ['53100', 'could not extend file: No space left on device'],
    ['25006', 'cannot execute INSERT in a read-only transaction'],
  ])('is not ready at %s, which passes', async (sqlState, says) => {
    expect((await asked({ refuses: [sqlState, says] })).answer).toContain(
      `not-ready login as wiki was refused: ${says} (${sqlState})`,
    );
  });

  it('cannot tell with a wrong password, which does not pass', async () => {
    const { answer } = await asked({ refuses: ['28P01', 'password authentication failed for user "wiki"'] });
    expect(answer).toMatch(/^cannot-tell LOGIN_REFUSED /);
  });

  it('cannot tell without its database', async () => {
    const { answer } = await asked({ refuses: ['3D000', 'database "pages" does not exist'] });
    expect(answer).toMatch(/^cannot-tell JOB_FAILED .*"pages" does not exist/);
  });
});
