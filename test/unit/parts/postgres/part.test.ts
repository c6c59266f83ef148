import { describe, expect, it } from 'vitest';
import { checkSecret } from '../../../../src/config/secret-rules.ts';
import { dataFolderOf } from '../../../../src/parts/postgres/image.ts';
import { DATABASE_PASSWORD } from '../../../../src/parts/postgres/secrets.ts';
import { networksWith } from '../../../../src/stack/networks.ts';
import { composeTextOf, serviceNamed, stackOf } from '../../../builders/stack.ts';
import { loadOwn } from '../../../helpers/own-config.ts';
import { fixesOf, problemsOf } from '../../config/refused.ts';

const stack = (text: string) => stackOf(loadOwn(text).config);

describe('a stack that does not ask for a PostgreSQL', () => {
  it('has none', () => {
    expect(stack('name: plain\n').nodes.map(({ name }) => name)).not.toContain('postgres');
  });

  it('wants no password for one', () => {
    expect(stack('name: plain\n').secrets.map(({ name }) => name)).not.toContain('CHATOPS_POSTGRES_PASSWORD');
  });

  it('offers no database that speaks SQL', () => {
    expect(stack('name: plain\n').offers.sql).toBeUndefined();
  });
});

describe('a stack that asks for one', () => {
  it('offers it to other parts', () => {
    expect(stack('postgres: { database: pages, user: wiki }\n').offers.sql).toEqual({
      scheme: 'postgresql',
      endpoint: { service: 'postgres', port: 5432 },
      account: { username: 'wiki', password: 'CHATOPS_POSTGRES_PASSWORD' },
      database: 'pages',
    });
  });

  it('waits for a write of the user in the database', () => {
    expect(serviceNamed(stack('postgres: { database: pages, user: wiki }\n'), 'postgres').usable).toEqual({
      what: 'postgres',
      endpoint: { service: 'postgres', port: 5432 },
      database: 'pages',
      account: { username: 'wiki', password: 'CHATOPS_POSTGRES_PASSWORD' },
    });
  });

  it('takes names of its own for what is left out', () => {
    expect(stack('postgres: {}\n').offers.sql).toMatchObject({ database: 'chatops', account: { username: 'chatops' } });
  });

  it('keeps it where nothing leads out', () => {
    const asked = stack('postgres: {}\n');
    expect(networksWith(asked.networks, 'postgres').map(({ purpose }) => purpose)).toEqual(['data']);
  });

  it('asks for the password in its HEALTHCHECK by the name of a variable', () => {
    expect(composeTextOf(stack('postgres: {}\n'))).toMatch(/--password-from=CHATOPS_POSTGRES_PASSWORD/);
  });

  it('gives the password to the service itself, and to who asks from within the network', () => {
    const found = stack('postgres: {}\n').secrets.find(({ name }) => name === 'CHATOPS_POSTGRES_PASSWORD');
    expect(found?.readBy).toEqual(['postgres', 'prober']);
  });
});

describe('names in the database', () => {
  it('need no quotes', () => {
    expect(problemsOf('postgres: { user: "Wiki Admin" }\n')).toEqual([
      'postgres.user: must be up to 63 of a-z, 0-9 and _, beginning with a letter, and not with pg_',
    ]);
  });

  it('are guessed where one can', () => {
    expect(fixesOf('postgres: { user: "Wiki Admin" }\n')).toEqual(['postgres.user -> write `wiki_admin`']);
  });

  it('are none of those that the server keeps to itself', () => {
    expect(problemsOf('postgres: { user: pg_admin }\n')).toHaveLength(1);
  });
});

describe('the volume', () => {
  it.each([
    ['postgres:17.6', '/var/lib/postgresql/data'],
    ['docker.io/library/postgres:14-alpine', '/var/lib/postgresql/data'],
    ['registry.example.org:5000/postgres:16', '/var/lib/postgresql/data'],
    ['postgres:18.0', '/var/lib/postgresql'],
    ['postgres:latest', '/var/lib/postgresql'],
    ['registry.example.org:5000/postgres', '/var/lib/postgresql'],
  ])('of %s is at %s', (image, folder) => {
    expect(dataFolderOf(image)).toBe(folder);
  });
});

describe('the password', () => {
  it('can stand in a connection string as it is', () => {
    expect(checkSecret({ kind: DATABASE_PASSWORD }, 'a@b:c/d-and-more')).toContain('12 to 200 characters');
  });
});
