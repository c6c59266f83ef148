/**
 * What `up` does in a chat is what `plan` showed, and nothing of anybody else's: two or three stacks on one chat, their
 * plans and runs in any order, with people's acts in between. The chat is played in memory, the jobs are those of the stacks.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Job } from '../../src/contracts/job.ts';
import { runJob } from '../../src/engine/run-job.ts';
import { createRocketChatSetupJob } from '../../src/parts/rocketchat/setup/setup.ts';
import type { RocketChatSetupSpec } from '../../src/parts/rocketchat/setup/spec.ts';
import { aRoom, aSetup, aUser, chatPorts } from '../builders/rocketchat.ts';
import { createFakeServer, type FakeServer } from '../fakes/rocketchat-server.ts';
import { cases } from '../helpers/cases.ts';
import { endsAsPlanned } from './as-planned.ts';

const PEOPLE = ['alice', 'bob'] as const;
const ROOMS = ['ops', 'ci', 'news'] as const;
const BOTS = ['hubot', 'hubot', 'robot'] as const;

const wanted = fc.record({
  people: fc.subarray([...PEOPLE]),
  rooms: fc.subarray([...ROOMS]),
  isPrivate: fc.boolean(),
  hook: fc.boolean(),
});
const which = fc.nat({ max: 20 });
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('up' as const), stack: which }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('want' as const), stack: which, wanted }) },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constantFrom(
        ...(['add-user', 'add-room', 'add-webhook', 'delete-room', 'delete-user', 'delete-webhook', 'leave'] as const),
      ),
      at: which,
      name: fc.constantFrom(...ROOMS, ...PEOPLE, 'hubot', 'robot'),
    }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Stack {
  readonly index: number;
  spec: RocketChatSetupSpec;
}

const specOf = (
  index: number,
  { people, rooms, isPrivate, hook }: typeof wanted extends fc.Arbitrary<infer T> ? T : never,
) => {
  const mark = `chatops-up:${['one', 'two', 'three'][index]}`;
  const bot = BOTS[index] ?? 'hubot';
  const { webhook, ...rest } = aSetup();
  return {
    ...rest,
    mark,
    bot: { ...rest.bot, username: bot, email: `${bot}@chatops.test` },
    users: people.map((username) => aUser({ username, email: `${username}@chatops.test` })),
    rooms: rooms.map((name) => aRoom({ name, kind: isPrivate ? 'private' : 'channel', members: [bot, ...people] })),
    ...(hook &&
      webhook &&
      rooms[0] !== undefined && { webhook: { ...webhook, name: `${mark} gitlab`, room: rooms[0] } }),
  } satisfies RocketChatSetupSpec;
};

const signal = new AbortController().signal;

/** Everything in the chat: `u`, `r` or `w` and the id. */
const objects = ({ users, rooms, webhooks }: FakeServer): ReadonlyMap<string, string> =>
  new Map([
    ...users.map((each) => [`u${each.id}`, JSON.stringify(each)] as const),
    ...rooms.map(({ members, ...each }) => [`r${each.id}`, JSON.stringify([each, ...members])] as const),
    ...webhooks.map((each) => [`w${each.id}`, JSON.stringify(each)] as const),
  ]);

const up = async (server: FakeServer, { spec, index }: Stack, madeBy: Map<string, number>): Promise<void> => {
  const ports = chatPorts(server.port);
  const jobOf = (): Job => createRocketChatSetupJob(spec, ports) as Job;
  server.writes.length = 0;
  const looked = jobOf();
  const plan = looked.decide(await looked.observe(signal));
  expect(server.writes).toEqual([]);
  const before = objects(server);
  const running = runJob(jobOf(), { clock: ports.clock, signal, withinMs: 60_000 });
  const done = await endsAsPlanned(plan, running);
  const after = objects(server);
  if (!done) expect(after).toEqual(before);
  for (const key of after.keys()) if (!before.has(key)) madeBy.set(key, index);
  for (const [key, owner] of madeBy)
    if (owner !== index) expect({ [key]: after.get(key) }).toEqual({ [key]: before.get(key) });
};

/** What a person did to it is theirs from then on. */
const act = async (
  server: FakeServer,
  stacks: readonly Stack[],
  madeBy: Map<string, number>,
  each: Step,
): Promise<void> => {
  if ('stack' in each) {
    const stack = stacks[each.stack % stacks.length] as Stack;
    if (each.what === 'up') await up(server, stack, madeBy);
    else stack.spec = specOf(stack.index, each.wanted);
    return;
  }
  const { what, at, name } = each;
  const { users, rooms, webhooks } = server;
  const taken = users.some(({ username }) => username === name) || rooms.some((room) => room.name === name);
  const remove = <T extends { readonly id: string }>(kind: string, all: T[], keeps: (one: T) => boolean): void => {
    const candidates = all.filter((one) => !keeps(one));
    const gone = candidates[at % Math.max(1, candidates.length)];
    if (gone === undefined) return;
    madeBy.delete(`${kind}${gone.id}`);
    all.splice(all.indexOf(gone), 1);
  };
  if (what === 'add-user' && !taken) server.addUser({ username: name, bio: 'by hand' });
  else if (what === 'add-room' && !taken) server.addRoom({ name, members: ['chief'] });
  else if (what === 'add-webhook') server.addWebhook({ name: at % 2 === 0 ? 'deploy bell' : 'chatops-up:two bell' });
  else if (what === 'delete-room') remove('r', rooms, ({ id }) => id === 'GENERAL');
  else if (what === 'delete-webhook') remove('w', webhooks, () => false);
  else if (what === 'delete-user') {
    remove('u', users, ({ username }) => username === 'chief');
    for (const { members } of rooms)
      for (const member of members.keys())
        if (!users.some(({ username }) => username === member)) members.delete(member);
  } else if (what === 'leave') rooms[at % rooms.length]?.members.delete(name);
};

it('up does what plan showed, and touches nothing that another stack or a person made', async () => {
  const first = { people: [], rooms: [], isPrivate: false, hook: false };
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(2, 3), fc.array(step, { minLength: 3, maxLength: 20 }), async (count, steps) => {
      const server = createFakeServer();
      const stacks = [...Array(count).keys()].map((index): Stack => ({ index, spec: specOf(index, first) }));
      const madeBy = new Map<string, number>();
      for (const each of steps) await act(server, stacks, madeBy, each);
    }),
    { numRuns: cases(500) },
  );
});
