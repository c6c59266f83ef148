import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPostgres } from '../../../../src/parts/postgres/client/postgres.ts';
import { leftOutSuite } from '../../../helpers/available.ts';
import { loginWith, POSTGRES_BIN, type RealPostgres, startReal } from './real.ts';

const bin = POSTGRES_BIN;
if (bin === undefined) leftOutSuite('the client against a real PostgreSQL', 'there is no postgres');
else
  describe('a real PostgreSQL', () => {
    const postgres = createPostgres();
    let real: RealPostgres;
    const at = () => ({ host: '127.0.0.1', port: real.port });

    beforeAll(async () => {
      real = await startReal(bin);
    });
    afterAll(async () => real?.end(), 30_000);

    it('takes logins, which it says to somebody it does not know', async () => {
      expect(await postgres.greet(at())).toEqual({ kind: 'takes-logins' });
    });

    it('gives back what was written', async () => {
      const seen = await postgres.visit(at(), loginWith(), (session) => session.writeAndRead("o'word"));
      expect(seen).toBe("o'word");
    });

    it('keeps nothing of what was written to prove it', async () => {
      const twice = await postgres.visit(at(), loginWith(), async (session) => [
        await session.writeAndRead('one'),
        await session.writeAndRead('two'),
      ]);
      expect(twice).toEqual(['one', 'two']);
    });

    it('is no standby', async () => {
      expect(await postgres.visit(at(), loginWith(), (session) => session.inRecovery())).toBe(false);
    });

    it('is found by a name under localhost', async () => {
      const there = { host: 'postgres.localhost', port: real.port };
      expect(await postgres.visit(there, loginWith(), (session) => session.inRecovery())).toBe(false);
    });

    it('a wrong password is refused, with what to do about it', async () => {
      const visit = postgres.visit(at(), loginWith({ password: 'wrong' }), (session) => session.inRecovery());
      await expect(visit).rejects.toMatchObject({ code: 'LOGIN_REFUSED', reason: 'login-refused', sqlState: '28P01' });
    });

    it('a password never stands in the error', async () => {
      const visit = postgres.visit(at(), loginWith({ password: 'hush-hush' }), (session) => session.inRecovery());
      const error = await visit.catch((thrown: Error) => thrown);
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('hush-hush');
    });

    it('a database that is not there is named', async () => {
      const visit = postgres.visit(at(), loginWith({ database: 'nowhere' }), (session) => session.inRecovery());
      await expect(visit).rejects.toMatchObject({ reason: 'no-database', sqlState: '3D000' });
    });
  });
