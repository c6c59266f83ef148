import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runJob } from '../../src/engine/run-job.ts';
import { createRocketChatSetupJob } from '../../src/parts/rocketchat/setup/setup.ts';
import type { RocketChatSetupSpec } from '../../src/parts/rocketchat/setup/spec.ts';
import { aRoom, aSetup, aUser, chatPorts } from '../builders/rocketchat.ts';
import { createFakeServer, type FakeServer } from '../fakes/rocketchat-server.ts';
import { cases } from '../helpers/cases.ts';

const PEOPLE = ['alice', 'bob', 'carol'];
const ROOMS = ['ops', 'ci', 'news', 'general'];

const room = (name: string) =>
  fc.record({
    name: fc.constant(name),
    kind:
      name === 'general' ? fc.constant('channel' as const) : fc.constantFrom('channel' as const, 'private' as const),
    readOnly: name === 'general' ? fc.constant(false) : fc.boolean(),
    people: fc.subarray(PEOPLE),
    bot: fc.boolean(),
    admin: fc.boolean(),
  });

const spec: fc.Arbitrary<RocketChatSetupSpec> = fc
  .record({
    people: fc.subarray(PEOPLE),
    rooms: fc.tuple(...ROOMS.map(room)),
    wanted: fc.subarray(ROOMS),
    hook: fc.boolean(),
  })
  .map(({ people, rooms, wanted, hook }) => {
    const { webhook, ...rest } = aSetup();
    return {
      ...rest,
      settings: { Show_Setup_Wizard: 'completed' },
      users: people.map((username) => aUser({ username, email: `${username}@chatops.test` })),
      rooms: rooms
        .filter(({ name }) => wanted.includes(name))
        .map(({ name, kind, readOnly, people: inside, bot, admin }) =>
          aRoom({
            name,
            kind,
            readOnly,
            members: [
              ...inside.filter((person) => people.includes(person)),
              ...(bot ? ['hubot'] : []),
              ...(admin ? ['chief'] : []),
            ],
          }),
        ),
      ...(hook && webhook && { webhook }),
    };
  });

const newServer = (): FakeServer => {
  const server = createFakeServer();
  server.settings.set('Show_Setup_Wizard', 'pending');
  server.addUser({ username: 'guest', bio: 'made by hand' });
  server.addRoom({ name: 'lounge', members: ['guest', 'chief'] });
  server.addWebhook({ name: 'deploy bell' });
  return server;
};

const run = (server: FakeServer, wanted: RocketChatSetupSpec, signal = new AbortController().signal) => {
  const ports = chatPorts(server.port);
  return runJob(createRocketChatSetupJob(wanted, ports), { clock: ports.clock, signal, withinMs: 60_000 });
};

/** What is on the server, without ids and without the order in which it was made. */
const stateOf = ({ users, rooms, webhooks, settings }: FakeServer) => ({
  users: users.map(({ id: _, ...user }) => ({ ...user, roles: user.roles.toSorted() })).toSorted(byKey('username')),
  rooms: rooms
    .map(({ id: _, members, ...each }) => ({ ...each, members: [...members].toSorted() }))
    .toSorted(byKey('name')),
  webhooks: webhooks.map(({ id: _, token: __, ...webhook }) => webhook).toSorted(byKey('name')),
  settings: [...settings],
});
const byKey =
  <K extends string>(key: K) =>
  (a: Record<K, string>, b: Record<K, string>) =>
    a[key] < b[key] ? -1 : 1;

describe('the chat setup job, killed at random', () => {
  it('ends in the same state as undisturbed, with nothing made twice, wherever the kills come', async () => {
    const kills = fc.array(fc.record({ at: fc.nat({ max: 14 }), moment: fc.constantFrom('before', 'after') }), {
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(spec, kills, async (wanted, planned) => {
        const undisturbed = newServer();
        await run(undisturbed, wanted);
        const server = newServer();
        for (const { at, moment } of planned) {
          let left = at;
          server.fail = (now) => {
            if (now === moment && left-- === 0) throw new Error('killed');
          };
          await run(server, wanted).catch((thrown: unknown) => expect(String(thrown)).toContain('killed'));
        }
        server.fail = () => undefined;
        await run(server, wanted);
        expect(stateOf(server)).toEqual(stateOf(undisturbed));
      }),
      { numRuns: cases(150) },
    );
  });

  it('decides on nothing after it has run', async () => {
    await fc.assert(
      fc.asyncProperty(spec, async (wanted) => {
        const server = newServer();
        await run(server, wanted);
        server.writes.length = 0;
        await run(server, wanted);
        expect(server.writes).toEqual([]);
      }),
      { numRuns: cases(100) },
    );
  });

  it('never touches what a user made, whichever names collide', async () => {
    const byHand = fc.record({
      users: fc.subarray([...PEOPLE, 'hubot'], { minLength: 1 }),
      rooms: fc.subarray(['ops', 'ci', 'news']),
    });
    await fc.assert(
      fc.asyncProperty(spec, byHand, async (wanted, { users, rooms }) => {
        const server = newServer();
        for (const username of users) server.addUser({ username });
        for (const name of rooms) server.addRoom({ name });
        const before = stateOf(server);
        const collides =
          [wanted.bot, ...wanted.users].some(({ username }) => users.includes(username)) ||
          wanted.rooms.some(({ name }) => rooms.includes(name));
        const outcome = await run(server, wanted).catch((thrown: unknown) => thrown);
        if (collides) {
          expect(outcome).toMatchObject({ code: 'CONFLICT' });
          expect(stateOf(server)).toEqual(before);
        } else {
          expect(stateOf(server).users).toEqual(expect.arrayContaining(before.users));
          expect(stateOf(server).rooms.map(({ name }) => name)).toEqual(
            expect.arrayContaining(before.rooms.map(({ name }) => name)),
          );
          expect(stateOf(server).webhooks).toEqual(expect.arrayContaining(before.webhooks));
        }
      }),
      { numRuns: cases(100) },
    );
  });
});
