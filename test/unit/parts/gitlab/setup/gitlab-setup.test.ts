import { describe, expect, it } from 'vitest';
import { hookToken } from '../../../../../src/contracts/hook-token.ts';
import type { Job } from '../../../../../src/contracts/job.ts';
import { createGitLabSetupJob } from '../../../../../src/parts/gitlab/setup/gitlab-setup.ts';
import type { GitLabSetupSpec } from '../../../../../src/parts/gitlab/setup/spec.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { sha256Hex } from '../../../../../src/values/sha256.ts';
import { changeLines, failure, MARK, run, setupSpec, wantedHook } from '../../../../builders/gitlab-jobs.ts';
import { createWorld, type World } from '../../../../builders/gitlab-ports.ts';
import { createFakeGitLab, type FakeGitLabOptions } from '../../../../fakes/fake-gitlab.ts';

const job = (world: World, spec: GitLabSetupSpec = setupSpec()): Job => createGitLabSetupJob(spec, world.ports) as Job;
const up = (world: World, spec?: GitLabSetupSpec) => run(job(world, spec));

const APP = { path: 'ops/app', defaultBranch: 'main' };
const URL = 'http://rocketchat:3000/hooks/int1/rc-token?channel=ci';
const PUBLIC = 'http://chat.chatops.localhost:8080/hooks/int1/rc-token?channel=ci';
const NAME = `${MARK} #ci`;

const tokenOf = (secret: string, room = 'ci'): string =>
  hookToken(new Secret(secret), { source: { kind: 'project', path: 'ops/app' }, room }).reveal();

/** A GitLab on which a run has just ended. */
const converged = async (options: FakeGitLabOptions = {}, spec?: GitLabSetupSpec): Promise<World> => {
  const world = createWorld(createFakeGitLab({ projects: [APP], groups: ['ops'], ...options }));
  await up(world, spec);
  world.gitlab.calls.length = 0;
  return world;
};

describe('a new GitLab of ours', () => {
  it('gets allow-list, group, project, first pipeline and hook, in this order', async () => {
    const world = createWorld();
    expect(changeLines(await up(world))).toEqual([
      'update setting outbound_local_requests_whitelist',
      'create group ops',
      'create project ops/app',
      'create file ops/app/.gitlab-ci.yml',
      'create hook project ops/app → #ci',
    ]);
    expect(world.gitlab.hooks).toMatchObject([
      { place: 'project ops/app', url: URL, name: NAME, secret: tokenOf('hook-secret'), events: ['push', 'pipeline'] },
    ]);
  });

  it('is left alone by the second run', async () => {
    const world = await converged();
    expect(changeLines(await up(world))).toEqual([]);
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('is planned without asking it anything', () => {
    const world = createWorld();
    const planned = job(world);
    const { changes, conflicts } = planned.decide(planned.blank());
    expect(conflicts).toEqual([]);
    expect(changes).toHaveLength(5);
    expect(world.gitlab.calls).toEqual([]);
  });

  it('keeps every secret out of what a plan prints', async () => {
    const world = createWorld();
    const seen = await job(world).observe(new AbortController().signal);
    const text = JSON.stringify(job(world).decide(seen));
    for (const secret of ['rc-token', 'hook-secret', tokenOf('hook-secret'), 'glpat-secret'])
      expect(text).not.toContain(secret);
  });

  it('lets the tags of the runner into the first pipeline only where untagged jobs are not taken', async () => {
    const planned = (spec: GitLabSetupSpec) => {
      const each = job(createWorld(), spec);
      return JSON.stringify(each.decide(each.blank()).changes);
    };
    expect(planned(setupSpec())).not.toContain('tags:');
    expect(planned(setupSpec({ jobTags: ['a"b'] }))).toContain(JSON.stringify('tags: ["a\\"b"]').slice(1, -1));
  });

  describe('the first file of a project of ours, where the runner takes jobs with tags only', () => {
    const OLD =
      '# Made by chatops-up with this project, and yours from now on: it is never written again.\nhello:\n  script:\n    - echo "hello from $CI_PROJECT_PATH"\n';
    const NAME = 'ops/app/.gitlab-ci.yml';
    const made = (text: string, description = `Made by ${MARK}.`) => {
      const world = createWorld(createFakeGitLab({ projects: [{ ...APP, description }], groups: ['ops'] }));
      world.gitlab.texts.set(NAME, text);
      return world;
    };

    it('gets the tags while it stands as we made it, also by 0.1', async () => {
      const world = made(OLD);
      expect(changeLines(await up(world, setupSpec({ jobTags: ['docker'] })))).toContain(`update file ${NAME}`);
      expect(world.gitlab.texts.get(NAME)).toContain('  tags: ["docker"]\n');
      expect(changeLines(await up(world, setupSpec({ jobTags: ['docker'] })))).not.toContain(`update file ${NAME}`);
    });

    it('gets others where the runner takes its own no more', async () => {
      const world = made(OLD);
      await up(world, setupSpec({ jobTags: ['docker'] }));
      await up(world, setupSpec({ jobTags: ['docker', 'more'] }));
      expect(world.gitlab.texts.get(NAME)).toContain('  tags: ["docker"]\n');
      await up(world, setupSpec({ jobTags: ['a"b', 'c'] }));
      expect(world.gitlab.texts.get(NAME)).toContain('  tags: ["a\\"b","c"]\n');
    });

    it.each([
      ['once somebody has changed it', `${OLD}# mine\n`, `Made by ${MARK}.`],
      ['in a project of somebody else', OLD, 'mine'],
    ])('is left alone %s', async (_, text, description) => {
      const world = made(text, description);
      await up(world, setupSpec({ jobTags: ['docker'] }));
      expect(world.gitlab.texts.get(NAME)).toBe(text);
    });

    it('is not asked for where it takes others too', async () => {
      const world = made(OLD);
      await up(world);
      expect(world.gitlab.calls).not.toContain('readFile');
      expect(world.gitlab.texts.get(NAME)).toBe(OLD);
    });
  });

  it('does not write into a project of ours that has content already', async () => {
    const world = createWorld(
      createFakeGitLab({ projects: [{ ...APP, description: `Made by ${MARK}.` }], groups: ['ops'] }),
    );
    expect(changeLines(await up(world))).not.toContain('create file ops/app/.gitlab-ci.yml');
  });

  it('does not write into an empty project that a user made', async () => {
    const world = createWorld(createFakeGitLab({ projects: [{ path: 'ops/app' }], groups: ['ops'] }));
    await up(world);
    expect(world.gitlab.files).toEqual([]);
  });
});

describe('the outbound allow-list', () => {
  it('keeps what others put there, also what they add while we decide', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP], allowList: ['jenkins:8080'] }));
    const setup = job(world);
    const decision = setup.decide(await setup.observe(new AbortController().signal));
    world.gitlab.allowList.push('late:1');
    for (const change of decision.changes.slice(0, 1))
      await setup.apply(change, new AbortController().signal, () => undefined);
    expect(world.gitlab.allowList).toEqual(['jenkins:8080', 'late:1', 'rocketchat:3000']);
  });

  it('is written once, and only when an entry is missing', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP], allowList: ['rocketchat:3000'] }));
    await up(world);
    expect(world.gitlab.writes()).not.toContain('write setOutboundAllowList');
  });

  it('is given a minute to reach every process of GitLab before a hook counts as refused', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP] }));
    let tries = 0;
    world.gitlab.accepts = () => {
      tries += 1;
      return tries > 20;
    };
    const outcome = await up(world);
    expect(outcome.warnings).toEqual([]);
    expect(world.gitlab.hooks).toHaveLength(1);
  });
});

describe('the token', () => {
  it('that has expired is said so before anything is asked', async () => {
    const world = createWorld(createFakeGitLab({ active: false }));
    const error = await failure(up(world));
    expect(error.code).toBe('TOKEN_INVALID');
    expect(world.gitlab.calls).toEqual(['read ownToken']);
  });

  it('without scope `api` is refused by the name of the scope', async () => {
    const error = await failure(up(createWorld(createFakeGitLab({ scopes: ['read_api'] }))));
    expect(error.code).toBe('PERMISSION_MISSING');
    expect(error.what).toContain('lacks scope `api`');
    expect(error.next).toContain('CHATOPS_GITLAB_TOKEN');
  });

  it('of somebody who is no administrator is refused where instance settings are needed', async () => {
    const error = await failure(up(createWorld(createFakeGitLab({ admin: false }))));
    expect(error.what).toContain('not an administrator');
  });

  it('of a Maintainer is enough for the projects of an existing GitLab', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP], admin: false }));
    await up(world, setupSpec({ external: true }));
    expect(world.gitlab.hooks).toHaveLength(1);
  });
});

describe('an existing GitLab', () => {
  const external = setupSpec({ external: true });

  it('gets hooks to the public address of the chat, and is asked nothing else', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP] }));
    await up(world, external);
    expect(world.gitlab.hooks).toMatchObject([{ url: PUBLIC }]);
    expect(new Set(world.gitlab.calls)).toEqual(
      new Set(['read ownToken', 'read version', 'read findProject', 'read listHooks', 'write createHook']),
    );
  });

  it('is refused with the project it does not show, and nothing is made', async () => {
    const world = createWorld();
    const error = await failure(up(world, external));
    expect(error.code).toBe('CONFLICT');
    expect(error.message).toContain('project ops/app');
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('that will not call the chat is a warning that names the public URL, not a failure', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP] }));
    world.gitlab.accepts = () => false;
    const outcome = await up(world, external);
    expect(outcome.changes).toEqual([]);
    expect(outcome.warnings).toHaveLength(1);
    expect(outcome.warnings[0]).toContain('public URL');
  });

  it('that blocks one hook still gets the others', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP, { path: 'ops/web' }] }));
    world.gitlab.accepts = (url) => url.endsWith('=dev');
    const hooks = [wantedHook(), wantedHook({ source: { kind: 'project', path: 'ops/web' }, room: 'dev' }, 1)];
    const outcome = await up(world, setupSpec({ external: true, hooks }));
    expect(changeLines(outcome)).toEqual(['create hook project ops/web → #dev']);
    expect(outcome.warnings).toHaveLength(1);
  });
});

describe('hooks', () => {
  it('one more announcement is one write', async () => {
    const world = await converged();
    const outcome = await up(world, setupSpec({ hooks: [wantedHook(), wantedHook({ room: 'dev' }, 1)] }));
    expect(changeLines(outcome)).toEqual(['create hook project ops/app → #dev']);
    expect(outcome.changes[0]?.cause).toContain('gitlab.announce[1]');
    expect(world.gitlab.writes()).toEqual(['write createHook']);
  });

  it('one more event is one write, and the secret goes with it', async () => {
    const world = await converged();
    for (const hook of world.gitlab.hooks) hook.secret = undefined;
    await up(world, setupSpec({ hooks: [wantedHook({ events: ['push', 'pipeline', 'issues'] })] }));
    expect(world.gitlab.writes()).toEqual(['write updateHook']);
    expect(world.gitlab.hooks).toMatchObject([
      { events: ['push', 'pipeline', 'issues'], secret: tokenOf('hook-secret') },
    ]);
  });

  it('events that were not asked for are switched off again, also those we have no name for', async () => {
    const world = await converged();
    world.gitlab.hooks[0]?.events.push('wiki_page');
    world.gitlab.hooks[0]?.otherEvents.push('repository_update_events');
    const outcome = await up(world);
    expect(outcome.changes[0]?.cause).toContain('wiki_page, repository_update_events not wanted and on');
    expect(world.gitlab.hooks[0]?.events).not.toContain('wiki_page');
  });

  it('a new address of the webhook changes the hook instead of doubling it, and sends the secret again', async () => {
    const world = await converged();
    world.chat.webhookToken = 'rotated';
    const outcome = await up(world);
    expect(changeLines(outcome)).toEqual(['update hook project ops/app → #ci']);
    expect(world.gitlab.hooks).toMatchObject([
      { url: URL.replace('rc-token', 'rotated'), secret: tokenOf('hook-secret') },
    ]);
  });

  it('a secret that is gone is given again (GitLab 19.0 and later show it)', async () => {
    const world = await converged();
    for (const hook of world.gitlab.hooks) hook.secret = undefined;
    expect((await up(world)).changes[0]?.cause).toContain('its secret is gone');
    expect(world.gitlab.hooks[0]?.secret).toBe(tokenOf('hook-secret'));
  });

  it('two hooks of one project send different tokens', async () => {
    const world = await converged({}, setupSpec({ hooks: [wantedHook(), wantedHook({ room: 'ops' }, 1)] }));
    expect(world.gitlab.hooks.map(({ secret }) => secret)).toEqual([
      tokenOf('hook-secret'),
      tokenOf('hook-secret', 'ops'),
    ]);
  });

  it('a hook that sends the secret itself, as those of 0.1 do, is given its own token, and the plan says so', async () => {
    const world = await converged({ version: [18, 0] });
    for (const hook of world.gitlab.hooks) {
      hook.secret = 'hook-secret';
      hook.description = hook.description.replace(/Secret .*/, `Secret ${sha256Hex('hook-secret').slice(0, 8)}.`);
    }
    expect((await up(world)).changes[0]?.cause).toContain('its own token');
    expect(world.gitlab.hooks[0]?.secret).toBe(tokenOf('hook-secret'));
  });

  it('a new secret in .env reaches the hook once, without GitLab ever showing the old one', async () => {
    const world = await converged({ version: [18, 0] });
    world.secrets.set('CHATOPS_HOOK_SECRET', 'another');
    expect(changeLines(await up(world))).toEqual(['update hook project ops/app → #ci']);
    expect(world.gitlab.hooks[0]?.secret).toBe(tokenOf('another'));
    world.gitlab.calls.length = 0;
    await up(world);
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('below 17.1, where hooks have no names, are known by the address of our webhook', async () => {
    const world = await converged({ version: [16, 11] });
    for (const hook of world.gitlab.hooks) hook.name = '';
    await up(world);
    expect(world.gitlab.writes()).toEqual([]);
    await up(world, setupSpec({ hooks: [wantedHook({ events: ['pipeline'] })] }));
    expect(world.gitlab.hooks).toMatchObject([{ events: ['pipeline'] }]);
  });

  describe('of another stack that is called as this one is', () => {
    const external = setupSpec({ external: true, projects: [], allowList: [] });
    const elsewhere = 'http://chat.other.example/hooks/int9/other?channel=ci';
    /** A GitLab with the hook of a stack of this name, whose chat and secret are others. */
    const shared = async (change: { readonly url?: string; readonly secret?: boolean }): Promise<World> => {
      const world = await converged({}, external);
      for (const hook of world.gitlab.hooks) {
        hook.url = change.url ?? hook.url;
        if (change.secret) hook.description = hook.description.replace(/Secret .*/, 'Secret 0badc0de.');
      }
      return world;
    };

    it('is named as a conflict, without its address, and stays as it is', async () => {
      const world = await shared({ url: elsewhere, secret: true });
      const before = structuredClone(world.gitlab.hooks);
      const error = await failure(up(world, external));
      expect(error.code).toBe('CONFLICT');
      expect(`${error.what} ${error.why} ${error.next}`).toContain('sends to chat.other.example, with a secret');
      expect(`${error.what} ${error.why} ${error.next}`).not.toContain('int9');
      expect(error.next).toContain('a stack that is called ops too made it: choose another `name`');
      expect(world.gitlab.hooks).toEqual(before);
      expect(world.gitlab.writes()).toEqual([]);
    });

    it('is not deleted when this one no longer asks for its place', async () => {
      const world = await shared({ url: elsewhere, secret: true });
      expect(changeLines(await up(world, { ...external, hooks: [] }))).toEqual([]);
      expect(world.gitlab.hooks).toHaveLength(1);
    });

    it.each([
      ['a chat that has moved', { url: elsewhere }],
      ['a secret that was changed', { secret: true }],
    ])('is not taken for one: %s', async (_, change) => {
      const world = await shared(change);
      expect(changeLines(await up(world, external))).toEqual(['update hook project ops/app → #ci']);
      expect(world.gitlab.hooks).toMatchObject([{ url: PUBLIC, secret: tokenOf('hook-secret') }]);
    });
  });

  it('that we made twice lose their doubles, the oldest stays', async () => {
    const world = await converged();
    const [first] = world.gitlab.hooks;
    if (first) world.gitlab.addHook({ ...first, id: 900 });
    expect(changeLines(await up(world))).toEqual(['delete hook project ops/app → #ci (id 900)']);
    expect(world.gitlab.hooks.map(({ id }) => id)).toEqual([first?.id]);
  });

  it('of ours that chatops.yaml no longer asks for are deleted, with the reason', async () => {
    const world = await converged({}, setupSpec({ hooks: [wantedHook(), wantedHook({ room: 'dev' }, 1)] }));
    const outcome = await up(world);
    expect(outcome.changes).toMatchObject([
      { action: 'delete', cause: 'it is ours, and chatops.yaml no longer asks for it' },
    ]);
    expect(world.gitlab.hooks).toMatchObject([{ name: NAME }]);
  });

  it('of ours in a project that we made and nobody announces any more are deleted', async () => {
    const world = createWorld();
    await up(world);
    const outcome = await up(world, setupSpec({ projects: [], hooks: [] }));
    expect(changeLines(outcome)).toMatchObject([expect.stringContaining('delete hook project ops/app → #ci')]);
    expect(world.gitlab.hooks).toEqual([]);
  });

  describe('in a project of people', () => {
    const existing = (hooks: GitLabSetupSpec['hooks']) => setupSpec({ external: true, projects: [], hooks });
    const announced = async (): Promise<World> => {
      const world = createWorld(createFakeGitLab({ projects: [APP] }));
      await up(world, existing([wantedHook()]));
      expect(world.gitlab.hooks).toMatchObject([{ name: NAME }]);
      return world;
    };

    it('are deleted when nobody announces it any more: where they were made is remembered', async () => {
      const world = await announced();
      expect(changeLines(await up(world, existing([])))).toMatchObject([
        expect.stringContaining('delete hook project ops/app → #ci'),
      ]);
      expect(world.gitlab.hooks).toEqual([]);
      expect(changeLines(await up(world, existing([])))).toEqual([]);
    });

    it('are one hook for a place that is written twice, with capitals and without', async () => {
      const world = createWorld(createFakeGitLab({ projects: [APP] }));
      const written = (path: string, event: 'push' | 'tag_push', index: number) =>
        wantedHook({ source: { kind: 'project', path }, events: [event] }, index);
      await up(world, existing([written('ops/app', 'push', 0), written('Ops/App', 'tag_push', 1)]));
      expect(world.gitlab.hooks).toMatchObject([{ name: NAME, events: ['push', 'tag_push'] }]);
    });

    it('stay when the place is written with other capitals than before', async () => {
      const world = await announced();
      const renamed = wantedHook({ source: { kind: 'project', path: 'Ops/App' } });
      expect(changeLines(await up(world, existing([renamed])))).toEqual([]);
      expect(world.gitlab.hooks).toMatchObject([{ name: NAME }]);
    });

    it('are remembered before they are made: a kill in between loses none', async () => {
      const world = createWorld(createFakeGitLab({ projects: [APP] }));
      let known: unknown;
      world.gitlab.fault = (when, write) => {
        if (when === 'before' && write === 'createHook') known = [...world.hookPlaces];
      };
      await up(world, existing([wantedHook()]));
      expect(known).toEqual([{ kind: 'project', path: 'ops/app' }]);
    });

    it('stay where the token may not look any more, and hold nothing up', async () => {
      const world = await announced();
      world.gitlab.hidesHooks = true;
      expect(changeLines(await up(world, existing([])))).toEqual([]);
    });

    it('are an error where the token may not look and they are wanted', async () => {
      const world = await announced();
      world.gitlab.hidesHooks = true;
      for (const path of ['ops/app', 'Ops/App']) {
        const wanted = wantedHook({ source: { kind: 'project', path } });
        expect((await failure(up(world, existing([wanted])))).code).toBe('PERMISSION_MISSING');
      }
    });
  });

  it('of people are never touched, also when they call the same chat', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP] }));
    const theirs = [
      world.gitlab.addHook({ place: 'project ops/app', url: 'http://rocketchat:3000/hooks/other/token' }),
      world.gitlab.addHook({ place: 'project ops/app', url: URL.replace('ci', 'dev') }),
      world.gitlab.addHook({ place: 'project ops/app', name: `${MARK}-2 #ci`, executable: false }),
      world.gitlab.addHook({ place: 'instance', name: 'ours?' }),
    ];
    const before = structuredClone(theirs);
    await up(world);
    expect(world.gitlab.hooks.slice(0, 4)).toEqual(before);
    expect(world.gitlab.hooks).toHaveLength(5);
  });

  it('a hook by hand with exactly our address is a conflict, and nothing at all is written', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP] }));
    world.gitlab.addHook({ place: 'project ops/app', url: URL });
    const error = await failure(up(world));
    expect(error.code).toBe('CONFLICT');
    expect(error.next).toContain(NAME);
    expect(`${error.message}${error.next}`).not.toContain('rc-token');
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('a group on a GitLab without group hooks is a conflict with the way out', async () => {
    const world = createWorld(createFakeGitLab({ groups: ['ops'] }));
    const hooks = [wantedHook({ source: { kind: 'group', path: 'ops' } })];
    const error = await failure(up(world, setupSpec({ projects: [], hooks })));
    expect(error.code).toBe('CONFLICT');
    expect(error.next).toContain('projects one by one');
  });

  it('a group on a paid GitLab gets its hook', async () => {
    const world = createWorld(createFakeGitLab({ groups: ['ops'], enterprise: true }));
    const hooks = [wantedHook({ source: { kind: 'group', path: 'ops' } })];
    await up(world, setupSpec({ projects: [], hooks }));
    expect(world.gitlab.hooks).toMatchObject([{ place: 'group ops' }]);
  });

  it('the whole instance: events that GitLab never reports there are warned of, the others are announced', async () => {
    const world = createWorld();
    const hooks = [wantedHook({ source: { kind: 'instance' }, events: ['push', 'pipeline'] })];
    const outcome = await up(world, setupSpec({ projects: [], hooks }));
    expect(world.gitlab.hooks).toMatchObject([{ place: 'instance', events: ['push'] }]);
    expect(outcome.warnings).toMatchObject([expect.stringContaining('never reports pipeline')]);
    world.gitlab.calls.length = 0;
    await up(world, setupSpec({ projects: [], hooks }));
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('an event this version does not know is warned of and not written again and again', async () => {
    const spec = setupSpec({ hooks: [wantedHook({ events: ['push', 'milestone'] })] });
    const world = await converged({ version: [17, 5] }, spec);
    const outcome = await up(world, spec);
    expect(outcome.warnings).toMatchObject([expect.stringContaining('does not know event milestone')]);
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('two entries for one place and room are one hook with the events of both', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP] }));
    const hooks = [wantedHook({ events: ['push'] }), wantedHook({ events: ['issues'] }, 1)];
    await up(world, setupSpec({ hooks }));
    expect(world.gitlab.hooks).toMatchObject([{ events: ['push', 'issues'] }]);
  });

  it('wait for the webhook of the chat: without one the job says who makes it', async () => {
    const world = createWorld(createFakeGitLab({ projects: [APP] }));
    world.chat.hasWebhook = false;
    const error = await failure(up(world));
    expect(error.code).toBe('JOB_FAILED');
    expect(error.next).toContain('rocketchat-setup');
    expect(world.gitlab.hooks).toEqual([]);
  });
});

describe('a hook that GitLab switched off by itself', () => {
  const switchedOff = async (): Promise<World> => {
    const world = await converged();
    for (const hook of world.gitlab.hooks) hook.executable = false;
    return world;
  };

  it('is saved again, once', async () => {
    const world = await switchedOff();
    const outcome = await up(world);
    const cause = 'GitLab has switched it off until 2026-03-01 10:20 UTC after failed deliveries';
    expect(outcome.changes).toMatchObject([{ cause }]);
    expect(world.gitlab.writes()).toEqual(['write updateHook']);
  });

  it('is tested once when saving does not help', async () => {
    const world = await switchedOff();
    world.gitlab.savingMends = false;
    const outcome = await up(world);
    expect(world.gitlab.writes()).toEqual(['write updateHook', 'write testHook']);
    expect(outcome.warnings).toEqual([]);
  });

  it('is a warning with its remedy when neither helps', async () => {
    const world = await switchedOff();
    world.gitlab.savingMends = false;
    world.gitlab.deliver = () => 'failed';
    const outcome = await up(world);
    expect(outcome.warnings).toMatchObject([expect.stringContaining('see that the chat answers')]);
    expect(world.gitlab.writes()).toEqual(['write updateHook', 'write testHook']);
  });

  it('is tested with the next event when GitLab has no data for the first', async () => {
    const world = await switchedOff();
    world.gitlab.savingMends = false;
    world.gitlab.deliver = (event) => (event === 'push' ? 'no-data' : 'delivered');
    expect((await up(world)).warnings).toEqual([]);
  });
});
