import { describe, expect, it } from 'vitest';
import { type KeptUser, type MongoPort, MongoRefusal } from '../../../../../src/parts/mongodb/mongo.ts';
import { observeUsers } from '../../../../../src/parts/mongodb/setup/users/observe.ts';
import { Secret } from '../../../../../src/values/secret.ts';

const signal = new AbortController().signal;
const roles = [{ role: 'readWrite', db: 'app' }];

/** Lets in who has this password. */
const serverTaking = (password: string) => {
  const logins: (string | undefined)[] = [];
  const mongo: MongoPort = {
    visit: async (_at, _use, options) => {
      logins.push(options?.login?.username);
      if (options?.login?.password.reveal() !== password)
        throw new MongoRefusal('PERMISSION_MISSING', 'login-refused', 18, { what: 'no' });
      return undefined as never;
    },
  };
  return { mongo, logins };
};

const stateOf = async (kept: KeptUser | undefined, password: string, mongo: MongoPort) => {
  const users = [{ name: 'chat', password: new Secret(password), roles }];
  const [user] = await observeUsers(users, [kept], mongo, { host: 'mongo', port: 27017 }, signal);
  return user?.state;
};

/** Of `pencil`; see RFC 7677, section 3. */
const scram = {
  iterations: 4_096,
  salt: 'W22ZaJ0SNY7soEsUEjb6gQ==',
  storedKey: 'WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=',
};

describe('whether the password of a user holds', () => {
  it('is seen by what the server shows of it, without a login', async () => {
    const { mongo, logins } = serverTaking('pencil');
    expect(await stateOf({ roles, scram }, 'pencil', mongo)).toBe('right');
    expect(await stateOf({ roles, scram }, 'another', mongo)).toBe('other-password');
    expect(logins).toEqual([]);
  });

  it.each([
    ['pencil', 'right'],
    ['another', 'other-password'],
  ])('is seen by logging in where the server shows nothing: %s', async (password, state) => {
    const { mongo, logins } = serverTaking('pencil');
    expect(await stateOf({ roles }, password, mongo)).toBe(state);
    expect(logins).toEqual(['chat']);
  });

  it('is seen by logging in where only the server can prepare it', async () => {
    const { mongo, logins } = serverTaking('pęncil');
    expect(await stateOf({ roles, scram }, 'pęncil', mongo)).toBe('right');
    expect(logins).toEqual(['chat']);
  });

  it('is not asked of one that is not there, or has other rights', async () => {
    const { mongo, logins } = serverTaking('pencil');
    expect(await stateOf(undefined, 'pencil', mongo)).toBe('missing');
    expect(await stateOf({ roles: [], scram }, 'pencil', mongo)).toBe('other-roles');
    expect(logins).toEqual([]);
  });
});
