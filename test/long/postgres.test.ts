/** A PostgreSQL of the stack without containers: a real one, or none. */
import { describe, expect, it } from 'vitest';
import { findPostgres } from '../../src/parts/postgres/client/find-postgres.ts';
import { leftOut } from '../helpers/available.ts';
import { aStack } from '../helpers/cli.ts';

const STACK = 'gitlab: none\nrunner: false\npostgres: { database: pages, user: wiki }\n';

const suite = (): void => {
  it('is a real one, whose user writes before anything is proven, and keeps its data', async () => {
    const stack = await aStack(STACK);
    const first = await stack.up();
    expect(first.status).toBe(0);
    expect(first.stdout).toContain('wiki writes to pages and reads it back');
    expect(first.stdout).toMatch(/^ {2}real programs: postgres$/m);
    const second = await stack.up();
    expect(second.stdout).toContain('0 changes');
  });

  it('has the password that .env had when its data were made', async () => {
    const stack = await aStack(STACK);
    expect((await stack.up()).status).toBe(0);
    const password = stack.secret('CHATOPS_POSTGRES_PASSWORD');
    stack.write('.env', stack.read('.env').replace(password, `${password}-changed`));
    const failed = await stack.up();
    expect(failed.status).toBe(1);
    expect(failed.stdout).toMatch(/LOGIN_REFUSED {2}login as wiki at .* was refused/);
    expect(failed.stdout).toContain('put that one into .env, or set it in the server');
  });
};

if (findPostgres({ PATH: process.env.PATH })) describe('a PostgreSQL of the stack', suite);
else leftOut('a PostgreSQL of the stack', 'there is no postgres');

describe('a stack whose PostgreSQL nobody can play', () => {
  it('fails with what to install', async () => {
    const stack = await aStack(STACK);
    const failed = await stack.up([], { env: { CHATOPS_POSTGRES: '' } });
    expect(failed.status).toBe(1);
    expect(failed.stdout).toContain('SERVICE_FAILED  PostgreSQL cannot be started');
    expect(failed.stdout).toContain('apt-get install postgresql');
  });
});
