import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgres } from '../../../../src/parts/postgres/client/postgres.ts';
import { leftOutSuite } from '../../../helpers/available.ts';
import { loginWith, POSTGRES_BIN, type RealPostgres, startReal } from './real.ts';

/** Written once, when the data are made. */
const statOf = (dir: string) => statSync(join(dir, 'db/PG_VERSION'));

const bin = POSTGRES_BIN;
if (bin === undefined) leftOutSuite('a real PostgreSQL as a service', 'there is no postgres');
else
  describe('a real PostgreSQL as a service', () => {
    let real: RealPostgres;
    const visit = () =>
      createPostgres().visit({ host: '127.0.0.1', port: real.port }, loginWith(), (session) =>
        session.writeAndRead('word'),
      );

    beforeAll(async () => {
      real = await startReal(bin);
    });
    afterAll(async () => real?.end(), 30_000);

    it('is what the image makes: the user, its password and its database', async () => {
      expect(await visit()).toBe('word');
    });

    it('leaves no password behind', () => {
      expect(existsSync(join(real.dir, 'password'))).toBe(false);
    });

    it('ends with all of its connections, and starts again with its data', async () => {
      await real.server.stop();
      const { mtimeMs } = statOf(real.dir);
      real = { ...(await startReal(bin, real)), dir: real.dir };
      expect(await visit()).toBe('word');
      expect(statOf(real.dir).mtimeMs).toBe(mtimeMs);
    });

    it('reports why it ended by itself', async () => {
      const pid = Number(readFileSync(join(real.dir, 'db/postmaster.pid'), 'utf8').split('\n')[0]);
      process.kill(pid, 'SIGINT');
      expect(await real.server.crashed).toMatch(/^postgres ended \(status 0\)\n[\s\S]*database system is shut down/);
    });
  });
