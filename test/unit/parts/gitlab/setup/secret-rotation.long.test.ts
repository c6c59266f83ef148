/** The hooks' secret is changed: both jobs with the real adapters, both stand-ins over sockets, deliveries meanwhile. */
import { describe, expect, it } from 'vitest';
import type { HttpRequest } from '../../../../../src/contracts/http.ts';
import type { Job } from '../../../../../src/contracts/job.ts';
import { alsoTaking, notifierScript, secretsIn } from '../../../../../src/notifier/notifier-script.ts';
import { createGitLabSetupJob, UNDER_WAY_MS } from '../../../../../src/parts/gitlab/setup/gitlab-setup.ts';
import { createRocketChatSetupJob } from '../../../../../src/parts/rocketchat/setup/setup.ts';
import { sha256Hex } from '../../../../../src/values/sha256.ts';
import { type Around, sends, startChatAndGitLab } from '../../../../builders/chat-and-gitlab.ts';
import { changeLines, MARK, run, setupSpec, wantedHook } from '../../../../builders/gitlab-jobs.ts';
import { aSetup, SECRETS } from '../../../../builders/rocketchat.ts';
import { call } from '../../../../standins/gitlab/start-gitlab.ts';

const ROOMS = ['ci', 'ops'];
const HOOKS = [wantedHook({ events: ['push'] }), wantedHook({ room: 'ops', events: ['push'] }, 1)];
const TARGET = { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } } as const;

interface Wired {
  readonly secrets: Map<string, string>;
  /** Both jobs, as `up` runs them. @returns what they changed */
  up(around?: Around): Promise<readonly string[]>;
  /** A push, which GitLab announces in both rooms. */
  push(): Promise<void>;
  /** Waits until both rooms show every push so far. @returns how many each shows */
  shown(): Promise<readonly number[]>;
  digests(): Promise<readonly string[]>;
  /** As 0.1 left it: every hook sends the secret itself, and it opens every room. */
  makeOld(): Promise<void>;
}

const wire = async (version: string): Promise<Wired> => {
  const { chat, gitlab, secrets, portsWith, commit, pushesIn } = await startChatAndGitLab(version);
  secrets.set('CHATOPS_ADMIN_PASSWORD', SECRETS.ADMIN_PASSWORD ?? '');
  const receiver = { ...setupSpec().receiver, admin: { username: 'chief', password: 'ADMIN_PASSWORD' } };
  const chatSpec = aSetup({
    mark: MARK,
    target: TARGET,
    webhook: { name: receiver.name, room: 'ci', locale: 'en', secret: 'CHATOPS_HOOK_SECRET', hooks: HOOKS },
  });
  const gitlabSpec = setupSpec({ hooks: HOOKS, receiver });
  let pushes = 0;
  return {
    secrets,
    up: async (around = sends) => {
      const ports = portsWith(around);
      const first = await run(createRocketChatSetupJob(chatSpec, ports) as Job);
      return [...changeLines(first), ...changeLines(await run(createGitLabSetupJob(gitlabSpec, ports) as Job))];
    },
    push: async () => {
      const made = await commit();
      expect(made.status).toBe(201);
      pushes = made.pushes;
    },
    shown: async () => {
      for (;;) {
        const counts = await Promise.all(ROOMS.map(pushesIn));
        if (counts.every((count) => count >= pushes)) return counts;
        await new Promise((done) => setTimeout(done, 20));
      }
    },
    makeOld: async () => {
      const { body } = await chat.get('integrations.list');
      const [{ _id, ...webhook }] = body.integrations;
      const secretSha256 = sha256Hex('first-secret');
      const script = notifierScript({ locale: 'en', defaultRoom: 'ci', secretSha256 });
      const { type, name, enabled, username, channel, scriptEnabled } = webhook;
      const fields = { type, name, enabled, username, scriptEnabled, overrideDestinationChannelEnabled: true };
      const saved = await chat.send(
        'PUT',
        '/api/v1/integrations.update',
        {
          ...fields,
          integrationId: _id,
          channel: channel.join(','),
          script,
        },
        chat.admin,
      );
      expect(saved.status).toBe(200);
      const hooks = (await call(gitlab, 'GET', '/projects/ops%2Fapp/hooks')).body as unknown as Record<
        string,
        string
      >[];
      for (const { id, url = '', description = '' } of hooks) {
        const old = description.replace(/Secret .*/, `Secret ${secretSha256.slice(0, 8)}.`);
        const changed = { url, token: 'first-secret', description: old };
        expect((await call(gitlab, 'PUT', `/projects/ops%2Fapp/hooks/${id}`, changed)).status).toBe(200);
      }
    },
    digests: async () => {
      const { body } = await chat.get('integrations.list');
      return secretsIn((body.integrations as { name: string; script: string }[])[0]?.script ?? '');
    },
  };
};

const isWrite = ({ method, url }: HttpRequest): boolean => method !== 'GET' && !url.endsWith('/login');

const CHANGED = [
  `update webhook ${MARK} gitlab`,
  'update hook project ops/app → #ci',
  'update hook project ops/app → #ops',
  `update webhook ${MARK} gitlab`,
];

/** 16.0 shows neither a description nor whether there is a secret; 19.3 both. */
describe.each(['16.0.0', '19.3.0'])('a change of the secret with GitLab %s', (version) => {
  it('is given to the chat, to each hook, and ended in the chat; the next run changes nothing', async () => {
    const stack = await wire(version);
    await stack.up();
    stack.secrets.set('CHATOPS_HOOK_SECRET', 'second-secret');
    expect(await stack.up()).toEqual(CHANGED);
    expect(await stack.digests()).toEqual([sha256Hex('second-secret')]);
    expect(await stack.up()).toEqual([]);
  });

  it('loses no delivery: pushes before and after every write arrive, each in both rooms', async () => {
    const stack = await wire(version);
    await stack.up();
    stack.secrets.set('CHATOPS_HOOK_SECRET', 'second-secret');
    const push = async () => {
      await stack.push();
      await stack.shown();
    };
    await stack.up(async (request, send) => {
      if (isWrite(request)) await push();
      const answer = await send();
      if (isWrite(request)) await push();
      return answer;
    });
    const pushes = 2 * CHANGED.length;
    expect(await stack.shown()).toEqual([pushes, pushes]);
  });
});

describe.each(['16.0.0', '19.3.0'])(
  'a stack of 0.1 with GitLab %s, whose hooks all send the secret itself',
  (version) => {
    it('is taken over by one run, in which no delivery is lost; the next one changes nothing', async () => {
      const stack = await wire(version);
      await stack.up();
      await stack.makeOld();
      const push = async () => {
        await stack.push();
        await stack.shown();
      };
      await push();
      const changes = await stack.up(async (request, send) => {
        if (isWrite(request)) await push();
        return send();
      });
      expect(changes).toEqual(CHANGED);
      await push();
      expect(await stack.shown()).toEqual([6, 6]);
      expect(await stack.digests()).toEqual([sha256Hex('first-secret')]);
      expect(await stack.up()).toEqual([]);
    });
  },
);

describe('a change of the secret that is interrupted', () => {
  it.each([0, 1, 2, 3])('killed around write %i, it is ended by the next run, and nothing is lost', async (at) => {
    for (const isDone of [false, true]) {
      const stack = await wire('19.3.0');
      await stack.up();
      stack.secrets.set('CHATOPS_HOOK_SECRET', 'second-secret');
      let writes = 0;
      const killed = stack.up(async (request, send) => {
        if (!isWrite(request)) return send();
        writes += 1;
        if (writes - 1 !== at) return send();
        if (isDone) await send();
        throw new Error('killed');
      });
      await expect(killed).rejects.toThrow('killed');
      await stack.push();
      expect(await stack.shown()).toEqual([1, 1]);
      await stack.up();
      await stack.push();
      expect(await stack.shown()).toEqual([2, 2]);
      expect(await stack.digests()).toEqual([sha256Hex('second-secret')]);
      expect(await stack.up()).toEqual([]);
    }
  });

  it('changed again before it has ended, it takes all three until every hook has the last', async () => {
    const stack = await wire('19.3.0');
    await stack.up();
    for (const secret of ['second-secret', 'third-secret']) {
      stack.secrets.set('CHATOPS_HOOK_SECRET', secret);
      const noHooks: Around = (request, send) => {
        if (isWrite(request) && request.url.includes('/hooks')) throw new Error('killed');
        return send();
      };
      await expect(stack.up(noHooks)).rejects.toThrow('killed');
    }
    expect(await stack.digests()).toEqual(['third-secret', 'second-secret', 'first-secret'].map(sha256Hex));
    await stack.push();
    expect(await stack.shown()).toEqual([1, 1]);
    await stack.up();
    expect(await stack.digests()).toEqual([sha256Hex('third-secret')]);
  });
});

describe('the secrets of a script', () => {
  const script = `'use strict';\nconst SETTINGS = {\n "secretSha256": "${'a'.repeat(64)}",\n "hooks": [],\n "locale": "en"\n};\nrest`;

  it('are read and written in its text, and nothing else changes', () => {
    const former = ['b', 'c'].map((letter) => ({ secretSha256: letter.repeat(64), hooks: [] }));
    expect(secretsIn(script)).toEqual(['a'.repeat(64)]);
    expect(secretsIn(alsoTaking(script, former))).toEqual(['a', 'b', 'c'].map((letter) => letter.repeat(64)));
    expect(alsoTaking(alsoTaking(script, former), [])).toBe(script);
    expect(secretsIn('class Script {}')).toEqual([]);
    expect(alsoTaking('class Script {}', former)).toBe('class Script {}');
  });

  it('that are former ones stay good for as long as GitLab may be at a delivery', () => {
    expect(UNDER_WAY_MS).toBeGreaterThanOrEqual(10_000);
  });
});
