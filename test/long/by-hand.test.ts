/** What a user made in the servers stays as it was, also where a name of ours is the same. */
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type Ended, type TestStack } from '../helpers/cli.ts';
import { type Json, keepUp, type LiveStack } from '../helpers/live.ts';

interface Wanted {
  readonly rooms?: string;
  readonly users?: string;
  readonly announce?: string;
  readonly runner?: string;
}

const config = ({ rooms = 'ops', users = '', announce = '', runner = 'false' }: Wanted = {}): string =>
  `name: demo\nchat:\n  rooms: [${rooms}]\n  users: [${users}]\ngitlab:\n  announce: [${announce}]\nrunner: ${runner}\n`;

const TO_OPS = '{ project: people/app, room: ops, events: [push] }';
const TO_BOARD = '{ project: people/app, room: board, events: [push] }';

const createByHand = async ({ chat, gitlab }: LiveStack): Promise<void> => {
  await chat('POST', 'channels.create', { name: 'dev', members: [] });
  await chat('POST', 'channels.setTopic', { roomName: 'dev', topic: 'by hand' });
  await chat('POST', 'groups.create', { name: 'board', members: [] });
  const person = { name: 'By Hand', password: 'Correct-horse-9-battery', verified: true };
  await chat('POST', 'users.create', { ...person, username: 'bob', email: 'bob@people.example' });
  await chat('POST', 'users.create', {
    ...person,
    username: 'poster',
    email: 'poster@people.example',
    roles: ['user', 'bot'],
  });
  await chat('POST', 'integrations.create', {
    type: 'webhook-incoming',
    name: 'chatops-up:demo gitlab',
    enabled: true,
    username: 'poster',
    channel: '#dev',
    scriptEnabled: false,
  });
  const group = await gitlab('POST', '/groups', { name: 'people', path: 'people' });
  await gitlab('POST', '/projects', { name: 'app', namespace_id: group.id });
  await gitlab('POST', '/projects/people%2Fapp/hooks', {
    url: 'https://hooks.people.example/app',
    push_events: true,
    issues_events: true,
    token: 'theirs',
  });
  await gitlab('POST', '/user/runners', {
    runner_type: 'instance_type',
    description: 'demo runner',
    tag_list: ['theirs'],
    maintenance_note: 'ask Bob',
  });
};

/** Every object of the user's, as the servers show it; in the project's hooks also ours, which are known by name. */
const objectsOf = async ({ chat, gitlab }: LiveStack): Promise<Record<string, Json>> => {
  const named = async (kind: string, key: string, name: string): Promise<Json> =>
    (await chat('GET', `${kind}.info?${key}=${name}`))[
      { channels: 'channel', groups: 'group', users: 'user' }[kind] ?? ''
    ];
  const { integrations } = await chat('GET', 'integrations.list?count=100');
  const runners: Json[] = await gitlab('GET', '/runners/all?per_page=100');
  const theirs = await Promise.all(runners.map(({ id }) => gitlab('GET', `/runners/${id}`)));
  return {
    dev: await named('channels', 'roomName', 'dev'),
    board: await named('groups', 'roomName', 'board'),
    boardMembers: (await chat('GET', 'groups.members?roomName=board')).members,
    bob: await named('users', 'username', 'bob'),
    poster: await named('users', 'username', 'poster'),
    integrations: integrations.filter((each: Json) => each.username === 'poster'),
    hooks: (await gitlab('GET', '/projects/people%2Fapp/hooks')).filter(
      (hook: Json) => !String(hook.name).startsWith('chatops-up:demo'),
    ),
    runners: theirs.filter(({ maintenance_note }) => maintenance_note === 'ask Bob'),
  };
};

describe('what was made by hand in the servers', () => {
  let stack: TestStack;
  let before: Record<string, Json>;
  let ports = '';

  const want = (wanted: Wanted): void => stack.write('chatops.yaml', `${config(wanted)}${ports}`);

  /** An `up` that stays while `task` talks to its servers. */
  const during = async <T>(task: (live: LiveStack) => Promise<T>): Promise<{ ended: Ended; got: T }> => {
    const live = await keepUp(stack);
    try {
      const got = await task(live);
      return { ended: await live.end(), got };
    } finally {
      await live.end();
    }
  };

  beforeAll(async () => {
    stack = await aStack(config());
    ports = /^ports:\n(?: {2}\w+: \d+\n)+/m.exec(stack.read('chatops.yaml'))?.[0] ?? '';
    const { ended, got } = await during(async (live) => {
      await createByHand(live);
      return objectsOf(live);
    });
    expect(ended.status).toBe(0);
    before = got;
  });

  describe('where names collide', () => {
    const colliding = {
      rooms: 'ops, dev, fresh, { name: board, kind: private }',
      users: 'bob, carol, { username: dave, email: Bob@People.example }',
      announce: TO_OPS,
      runner: '{ description: demo runner }',
    };

    it('a plan names every conflict, ends with 1 and writes nothing', async () => {
      want(colliding);
      const plan = await stack.command('plan');
      expect(plan.status).toBe(1);
      for (const line of [
        /! room dev: a channel of this name was made by hand/,
        /! room board: a private room of this name was made by hand/,
        /! user bob: an account of this name was made by hand/,
        /! user dave: the e-mail Bob@People\.example belongs to the account bob already/,
        /! webhook chatops-up:demo gitlab: a webhook of this name posts as poster/,
        /! runner demo runner: runner 1 has this description and was not made by this stack/,
        /, 6 conflicts$/m,
      ])
        expect(plan.stdout).toMatch(line);
      expect(stack.writes()).toEqual([]);
    });

    it('a run is refused with what, why and next, writes nothing, and every object of theirs stays as it was', async () => {
      want(colliding);
      const { ended, got } = await during(objectsOf);
      expect(ended.status).toBe(1);
      expect(ended.stdout).toMatch(
        /CONFLICT {2}rocketchat-setup changed nothing: user bob, user dave, room dev, room board/,
      );
      expect(ended.stdout).toMatch(/CONFLICT {2}runner-registration changed nothing: runner demo runner/);
      expect(ended.stdout).toMatch(/\n {2}next {2}rename one of the two/);
      // The tests' own questions count too; they only read.
      expect(stack.writes()).toEqual([]);
      expect(got).toEqual(before);
    });
  });

  describe('where they do not', () => {
    it('ours are made beside theirs', async () => {
      want({ rooms: 'ops, fresh', users: 'carol', runner: '{ description: our runner }' });
      const { ended, got } = await during(objectsOf);
      expect(ended.stderr).toBe('');
      expect(ended.status).toBe(0);
      expect(got).toEqual(before);
    });

    it('our hook stands in their project beside theirs, once their webhook is renamed as advised', async () => {
      await during(async ({ chat, gitlab }) => {
        const [theirs] = before.integrations;
        await chat('PUT', 'integrations.update', {
          type: 'webhook-incoming',
          integrationId: theirs._id,
          name: 'by hand',
          enabled: true,
          username: 'poster',
          channel: '#dev',
          scriptEnabled: false,
        });
        expect(await gitlab('GET', '/projects/people%2Fapp/hooks')).toHaveLength(1);
      });
      want({ rooms: 'ops, fresh', users: 'carol', runner: '{ description: our runner }', announce: TO_OPS });
      const { ended, got } = await during(async (live) => ({
        theirs: await objectsOf(live),
        hooks: await live.gitlab('GET', '/projects/people%2Fapp/hooks'),
      }));
      expect(ended.status).toBe(0);
      expect(got.hooks).toHaveLength(2);
      const renamed = before.integrations.map((each: Json) => ({
        ...each,
        name: 'by hand',
        _updatedAt: expect.anything(),
      }));
      expect(got.theirs).toEqual({ ...before, integrations: renamed });
      before = got.theirs;
    });

    it('our runner does not take the description of theirs either', async () => {
      want({ rooms: 'ops, fresh', users: 'carol', runner: '{ description: demo runner }', announce: TO_OPS });
      const { ended, got } = await during(objectsOf);
      expect(ended.status).toBe(1);
      expect(ended.stdout).toMatch(/CONFLICT {2}runner-registration changed nothing: runner demo runner in the way/);
      expect(stack.writes()).toEqual([]);
      expect(got).toEqual(before);
    });
  });

  it('a hook of theirs with exactly the address ours would have is a conflict', async () => {
    const settled = { rooms: 'ops, fresh', users: 'carol', runner: '{ description: our runner }' };
    want({ ...settled, announce: TO_OPS });
    const { got: made } = await during(async (live) => {
      const hooks: Json[] = await live.gitlab('GET', '/projects/people%2Fapp/hooks');
      const ours = hooks.find(({ name }) => String(name).startsWith('chatops-up:demo'));
      await live.gitlab('POST', '/projects/people%2Fapp/hooks', {
        url: ours.url.replace('channel=ops', 'channel=fresh'),
        name: 'by hand',
        push_events: true,
      });
      return objectsOf(live);
    });
    want({ ...settled, announce: `${TO_OPS}, ${TO_BOARD.replace('board', 'fresh')}` });
    const plan = await stack.command('plan');
    expect(plan.stdout).toMatch(/! hook project people\/app → #fresh: hook \d+ has the address we would use/);
    expect(plan.status).toBe(1);
    const { ended, got } = await during(objectsOf);
    expect(ended.status).toBe(1);
    expect(ended.stdout).toMatch(/CONFLICT {2}gitlab-setup changed nothing/);
    // Our own webhook learns the token of a hook before there is one: else a delivery would be refused meanwhile.
    expect(stack.writes()).toEqual(['rocketchat PUT /api/v1/integrations.update']);
    expect(got).toEqual(made);
  });
});
