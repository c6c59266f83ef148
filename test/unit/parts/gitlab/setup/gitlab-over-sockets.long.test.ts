/** The jobs with the real adapters against the stand-in of GitLab: real sockets, real paging, real deliveries. */
import { describe, expect, it } from 'vitest';
import { createClock } from '../../../../../src/adapters/clock.ts';
import { createHttp } from '../../../../../src/adapters/http.ts';
import { hookToken } from '../../../../../src/contracts/hook-token.ts';
import type { Job } from '../../../../../src/contracts/job.ts';
import { type Ports, provide, withClients } from '../../../../../src/contracts/ports.ts';
import { createGitLab } from '../../../../../src/parts/gitlab/client/gitlab.ts';
import { GITLAB, type GitLabClient } from '../../../../../src/parts/gitlab/gitlab.ts';
import { createGitLabSetupJob } from '../../../../../src/parts/gitlab/setup/gitlab-setup.ts';
import type { GitLabSetupSpec } from '../../../../../src/parts/gitlab/setup/spec.ts';
import { createRunnerRegistrationJob } from '../../../../../src/parts/gitlab-runner/setup/runner-registration.ts';
import { createAnnouncementJob } from '../../../../../src/proofs/announcement/announcement.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { withContracts } from '../../../../../src/wiring/with-contracts.ts';
import {
  announcementSpec,
  changeLines,
  failure,
  MARK,
  run,
  runnerSpec,
  setupSpec,
  wantedHook,
} from '../../../../builders/gitlab-jobs.ts';
import { createWorld, type World } from '../../../../builders/gitlab-ports.ts';
import { createVirtualClock } from '../../../../fakes/virtual-clock.ts';
import { atEnd } from '../../../../helpers/at-end.ts';
import { call, type StartedGitLab, type StartOptions, startGitLab } from '../../../../standins/gitlab/start-gitlab.ts';
import { type Receiver, startReceiver } from '../../../../standins/gitlab/start-receiver.ts';

const signal = new AbortController().signal;

interface Stack {
  readonly gitlab: StartedGitLab;
  readonly chat: Receiver;
  readonly world: World;
  readonly ports: Ports;
  readonly client: GitLabClient;
}

/** A GitLab, and a receiver that stands where the chat does inside the network. */
const start = async (options: StartOptions = {}): Promise<Stack> => {
  const chat = await startReceiver();
  const gitlab = await startGitLab({ ...options, names: { 'rocketchat:3000': chat.port } });
  atEnd(() => chat.stop());
  atEnd(() => gitlab.stop());
  const world = createWorld();
  world.secrets.set('CHATOPS_GITLAB_TOKEN', gitlab.token);
  const port = createGitLab(createHttp(), createVirtualClock());
  const addresses: Ports['addresses'] = {
    resolve: ({ service, port: wanted }) =>
      service === 'gitlab' ? { host: '127.0.0.1', port: gitlab.port } : { host: service, port: wanted },
  };
  const ports = withContracts({ ...withClients(world.ports, provide(GITLAB, port)), addresses });
  const client = port.connect({ url: gitlab.url, token: new Secret(gitlab.token) });
  return { gitlab, chat, world, ports, client };
};

const setup = ({ ports }: Stack, spec: GitLabSetupSpec = setupSpec()) => run(createGitLabSetupJob(spec, ports) as Job);
const register = ({ ports }: Stack, runner = runnerSpec()) => run(createRunnerRegistrationJob(runner, ports) as Job);

const writes = ({ gitlab }: Stack) => gitlab.server.ledger.totals().write;
const hooksOf = async ({ client }: Stack, path = 'ops/app') => {
  const hooks = await client.listHooks({ kind: 'project', id: path }, signal);
  return hooks === 'unsupported' ? [] : hooks;
};

/** As an existing GitLab sees a chat: by a name that resolves to a public address. */
const external = (gitlab: StartedGitLab, spec: Partial<GitLabSetupSpec> = {}) => {
  const receiver = { ...setupSpec().receiver, target: { kind: 'url', url: 'https://chat.example.com' } as const };
  return setupSpec({ external: true, target: { kind: 'url', url: gitlab.url }, receiver, ...spec });
};

describe('gitlab-setup on a stand-in over real sockets', () => {
  it('makes a new GitLab ready in as many writes as it has changes, and writes nothing the second time', async () => {
    const stack = await start();
    const outcome = await setup(stack);
    expect(changeLines(outcome)).toEqual([
      'update setting outbound_local_requests_whitelist',
      'create group ops',
      'create project ops/app',
      'create file ops/app/.gitlab-ci.yml',
      'create hook project ops/app → #ci',
    ]);
    expect(writes(stack)).toBe(5);
    expect(changeLines(await setup(stack))).toEqual([]);
    expect(writes(stack)).toBe(5);
  });

  it.each(['15.11.0', '17.0.0', '18.1.0', '19.0.0', '19.3.0', '20.0.0'])(
    'converges on GitLab %s: one more room is one write, then none',
    async (version) => {
      const stack = await start({ version });
      await setup(stack);
      const spec = setupSpec({ hooks: [wantedHook(), wantedHook({ room: 'dev' }, 1)] });
      const before = writes(stack);
      await setup(stack, spec);
      expect(writes(stack)).toBe(before + 1);
      await setup(stack, spec);
      expect(writes(stack)).toBe(before + 1);
      expect(await hooksOf(stack)).toHaveLength(2);
    },
  );

  it('finds its own among 130 hooks and its project among 130, and touches none of the others', async () => {
    const stack = await start();
    for (let n = 0; n < 130; n += 1) stack.gitlab.server.controls.addProject(`many/p${n}`);
    await setup(stack);
    for (let n = 0; n < 130; n += 1) {
      await call(stack.gitlab, 'POST', '/projects/ops%2Fapp/hooks', { url: `https://example.com/${n}` });
    }
    const before = writes(stack);
    await setup(stack);
    expect(writes(stack)).toBe(before);
    expect(await hooksOf(stack)).toHaveLength(131);
  });

  it('the hook delivers with the secret, to the address that was read from the chat', async () => {
    const stack = await start();
    await setup(stack);
    const [hook] = await hooksOf(stack);
    const delivery = await stack.client.testHook({ kind: 'project', id: 'ops/app' }, hook?.id ?? 0, 'push', signal);
    expect(delivery).toEqual({ kind: 'delivered' });
    const received = await stack.chat.next(({ path }) => path === '/hooks/int1/rc-token?channel=ci');
    const token = hookToken(new Secret('hook-secret'), { source: { kind: 'project', path: 'ops/app' }, room: 'ci' });
    expect(received.headers['x-gitlab-token']).toBe(token.reveal());
  });

  it('waits out the settings that GitLab’s processes have cached', async () => {
    const stack = await start({ settingsCachedMs: 4_000, speed: 200 });
    const outcome = await run(createGitLabSetupJob(setupSpec(), { ...stack.ports, clock: createClock() }) as Job);
    expect(outcome.warnings).toEqual([]);
    expect(await hooksOf(stack)).toHaveLength(1);
  });

  // Rules of two generations; from 17.3 on there is a log of what was sent.
  it.each([
    ['16.11.0', 404, 'for good after failed deliveries'],
    ['17.10.0', 404, 'for good: its last 4 deliveries failed, since TIME, and the newest was answered with 404'],
    ['17.10.0', 502, 'until TIME: its last 4 deliveries failed, since TIME, and the newest was answered with 502'],
    ['19.3.0', 404, 'until TIME: its last 4 deliveries failed, since TIME, and the newest was answered with 404'],
  ])('a hook that GitLab %s switched off after answers of %i works again after a run', async (version, status, why) => {
    // The hook rests for a minute, which must not be over before anybody looks.
    const stack = await start({ version, speed: 5 });
    await setup(stack);
    const [hook] = await hooksOf(stack);
    stack.chat.answer = { status, body: 'broken' };
    for (let n = 0; n < 5; n += 1) {
      await call(stack.gitlab, 'POST', '/projects/ops%2Fapp/repository/commits', {
        branch: 'main',
        commit_message: `commit ${n}`,
        actions: [{ action: 'create', file_path: `f${n}`, content: 'x' }],
      });
      await stack.gitlab.server.controls.deliveriesDone();
    }
    expect((await hooksOf(stack))[0]?.off).toMatchObject({ forGood: why.startsWith('for good') });
    stack.chat.answer = { status: 200, body: '{}' };
    const outcome = await setup(stack);
    const causes = outcome.changes.map(({ cause }) => cause.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'TIME'));
    expect(causes).toEqual([`GitLab has switched it off ${why}`]);
    expect(outcome.warnings).toEqual([]);
    expect((await hooksOf(stack))[0]).toMatchObject({ id: hook?.id, off: undefined });
  });

  it.each([
    [
      'an answer lost after the hook was made',
      { match: 'POST .*/hooks', effect: { kind: 'status', status: 502 }, afterWork: true },
    ],
    [
      'a connection cut after the project was made',
      { match: 'POST .*/projects$', effect: { kind: 'reset' }, afterWork: true },
    ],
    [
      'a rate limit',
      { match: 'POST .*/hooks', effect: { kind: 'status', status: 429, headers: { 'Retry-After': '2' } } },
    ],
    [
      'a rate limit after the work',
      { match: 'POST .*/groups$', effect: { kind: 'status', status: 429 }, afterWork: true },
    ],
    [
      'HTML after the hook was made',
      { match: 'POST .*/hooks', effect: { kind: 'html', status: 200 }, afterWork: true },
    ],
  ] as const)('%s doubles nothing', async (_name, fault) => {
    const stack = await start();
    stack.gitlab.server.faults.add(fault);
    await setup(stack);
    expect(await hooksOf(stack)).toHaveLength(1);
    const before = writes(stack);
    await setup(stack);
    expect(writes(stack)).toBe(before);
  });

  it('converges whatever fault meets any one of its calls', async () => {
    const calls = ['GET', 'POST', 'PUT'];
    const effects = [{ kind: 'status', status: 500 }, { kind: 'reset' }, { kind: 'html', status: 503 }] as const;
    for (const [index, effect] of effects.entries()) {
      const stack = await start();
      for (const [skip, method] of calls.entries()) {
        stack.gitlab.server.faults.add({
          match: `^${method} `,
          skip: skip + index,
          times: 3,
          effect,
          afterWork: index === 0,
        });
      }
      for (let tries = 0; tries < 12; tries += 1) {
        const isDone = await setup(stack).then(
          () => true,
          () => false,
        );
        if (isDone) break;
      }
      stack.gitlab.server.faults.clear();
      await setup(stack);
      expect(await hooksOf(stack)).toHaveLength(1);
      expect((await stack.client.listProjects(signal)).filter(({ path }) => path === 'ops/app')).toHaveLength(1);
    }
  });
});

describe('an existing GitLab over real sockets', () => {
  it('is asked for its own things only: no settings, no projects made', async () => {
    const stack = await start();
    stack.gitlab.server.controls.addProject('ops/app');
    await setup(stack, external(stack.gitlab));
    const asked = stack.gitlab.server.ledger.entries().map(({ what }) => what);
    expect(asked.filter((what) => /settings|groups|POST .*projects$|runners|POST .*commits/.test(what))).toEqual([]);
    expect(writes(stack)).toBe(1);
  });

  it('takes a Maintainer’s token, and a lesser role is named with the project', async () => {
    const stack = await start();
    const { controls } = stack.gitlab.server;
    controls.addProject('ops/app');
    controls.addUser({ username: 'mia', name: 'Mia', email: 'mia@example.org', password: 'Correct-Horse-7' });
    controls.giveRole('mia', 'ops/app', 'developer');
    stack.world.secrets.set('CHATOPS_GITLAB_TOKEN', controls.addToken('mia'));
    const error = await failure(setup(stack, external(stack.gitlab)));
    expect(error.code).toBe('PERMISSION_MISSING');
    expect(error.why).toContain('role Maintainer on project');
    controls.giveRole('mia', 'ops/app', 'maintainer');
    await setup(stack, external(stack.gitlab));
    expect(await hooksOf(stack)).toHaveLength(1);
  });

  it.each([
    ['read_api alone', { scopes: ['read_api'] }, 'PERMISSION_MISSING', 'lacks scope `api`'],
    ['an expired token', { scopes: ['api'], expiresAt: '2020-01-01' }, 'TOKEN_INVALID', 'expired'],
    ['a revoked token', { scopes: ['api'], revoked: true }, 'TOKEN_INVALID', 'revoked'],
  ] as const)('refuses %s by name, and nothing is written', async (_name, token, code, text) => {
    const stack = await start();
    stack.gitlab.server.controls.addProject('ops/app');
    stack.world.secrets.set('CHATOPS_GITLAB_TOKEN', stack.gitlab.server.controls.addToken('root', token));
    const error = await failure(setup(stack, external(stack.gitlab)));
    expect(error.code).toBe(code);
    expect(error.message).toContain(text);
    expect(writes(stack)).toBe(0);
  });

  it('that will not call a private chat leaves a warning, and the run goes on', async () => {
    const stack = await start();
    stack.gitlab.server.controls.addProject('ops/app');
    const receiver = { ...setupSpec().receiver, target: { kind: 'url', url: 'http://10.0.0.7:3000' } as const };
    const outcome = await setup(stack, external(stack.gitlab, { receiver }));
    expect(outcome.changes).toEqual([]);
    expect(outcome.warnings).toMatchObject([expect.stringContaining('outbound_local_requests_whitelist')]);
  });

  it('with admin mode on and a token without it, the refusal names the scope', async () => {
    const stack = await start();
    stack.gitlab.server.controls.changeSettings({ admin_mode: true });
    const hooks = [wantedHook({ source: { kind: 'instance' }, events: ['push'] })];
    const error = await failure(setup(stack, external(stack.gitlab, { hooks })));
    expect(error.message).toContain('`admin_mode`');
  });

  it('of a community edition has no group hooks, a paid one has', async () => {
    const hooks = [wantedHook({ source: { kind: 'group', path: 'ops' } })];
    const ce = await start();
    ce.gitlab.server.controls.addGroup('ops');
    expect((await failure(setup(ce, external(ce.gitlab, { hooks })))).code).toBe('CONFLICT');
    const ee = await start({ edition: 'ee' });
    ee.gitlab.server.controls.addGroup('ops');
    await setup(ee, external(ee.gitlab, { hooks }));
    const before = writes(ee);
    await setup(ee, external(ee.gitlab, { hooks }));
    expect(writes(ee)).toBe(before);
  });

  it('gets a hook for the instance, which converges too', async () => {
    const stack = await start();
    const hooks = [wantedHook({ source: { kind: 'instance' }, events: ['push'] })];
    await setup(stack, external(stack.gitlab, { hooks }));
    expect(changeLines(await setup(stack, external(stack.gitlab, { hooks })))).toEqual([]);
    expect(writes(stack)).toBe(1);
    expect(stack.chat.received).toEqual([]);
  });
});

describe('runner-registration on a stand-in over real sockets', () => {
  const runnersOf = ({ client }: Stack) => client.listRunners({ kind: 'instance' }, signal);

  it('makes one runner with one write, and none the second time', async () => {
    const stack = await start();
    await register(stack);
    await register(stack);
    expect(await runnersOf(stack)).toMatchObject([{ description: 'ops runner' }]);
    expect(writes(stack)).toBe(1);
    expect(stack.world.file.writes).toBe(1);
  });

  const processes = async (stack: Stack): Promise<readonly string[]> =>
    (await stack.client.listRunnerManagers(1, signal)).map(({ systemId }) => systemId);
  const verifications = ({ gitlab }: Stack) =>
    gitlab.server.ledger.entries().filter(({ what }) => what === 'POST /api/v4/runners/verify').length;
  /** Its process has been there, and has written down its own name. */
  const ranAs = async (stack: Stack, systemId: string): Promise<void> => {
    const [, token] = /token = "([^"]+)"/.exec(stack.world.file.text ?? '') ?? [];
    await call(stack.gitlab, 'POST', '/runners/verify', { token, system_id: systemId });
    stack.world.systemId = systemId;
  };

  it('leaves no process in GitLab that is none, and is no contact of one that never called', async () => {
    const stack = await start();
    await register(stack);
    expect(verifications(stack)).toBe(0);
    await register(stack);
    expect(verifications(stack)).toBe(1);
    expect(await processes(stack)).toEqual([]);
    stack.world.systemId = 's_0123456789ab';
    await register(stack);
    expect(await processes(stack)).toEqual([]);
  });

  it('asks in the name of the process that GitLab has seen', async () => {
    const stack = await start();
    await register(stack);
    await ranAs(stack, 's_0123456789ab');
    await register(stack);
    expect(await processes(stack)).toEqual(['s_0123456789ab']);
    expect(writes(stack)).toBe(1);
  });

  it('needs no registration token, which GitLab 20.0 takes no more', async () => {
    const stack = await start({ version: '20.0.0' });
    const refused = await call(stack.gitlab, 'POST', '/runners', { token: 'GR1348941' });
    await register(stack);
    // The path is there still, for other methods.
    expect(refused.status).toBe(405);
    expect(await runnersOf(stack)).toMatchObject([{ description: 'ops runner' }]);
  });

  it('one more tag is one PUT', async () => {
    const stack = await start();
    await register(stack);
    await register(stack, runnerSpec({ tags: ['docker', 'linux'] }));
    expect(
      stack.gitlab.server.ledger
        .entries()
        .filter(({ kind }) => kind === 'write')
        .map(({ what }) => what),
    ).toEqual(['POST /api/v4/user/runners', 'PUT /api/v4/runners/1']);
    await register(stack, runnerSpec({ tags: ['linux', 'docker'] }));
    expect(writes(stack)).toBe(2);
  });

  it('an answer lost after the runner was made ends in one runner with a valid token', async () => {
    const stack = await start();
    stack.gitlab.server.faults.add({ match: 'POST .*/user/runners', effect: { kind: 'reset' }, afterWork: true });
    await register(stack);
    expect(await runnersOf(stack)).toHaveLength(1);
    const before = writes(stack);
    await register(stack);
    expect(writes(stack)).toBe(before);
  });

  it('a verify that answers 500 makes, resets and writes nothing', async () => {
    const stack = await start();
    await register(stack);
    const before = writes(stack);
    stack.gitlab.server.faults.add({ match: 'runners/verify', effect: { kind: 'status', status: 500 }, times: 9 });
    expect((await failure(register(stack))).code).toBe('UNEXPECTED_ANSWER');
    expect(writes(stack)).toBe(before);
  });

  it('its own runner is found among 120 others when the file is lost', async () => {
    const stack = await start();
    await register(stack);
    for (let n = 0; n < 120; n += 1)
      stack.gitlab.server.controls.addRunner({ description: `theirs ${n}`, token: `glrt-${n}` });
    stack.world.file.text = undefined;
    await register(stack);
    expect(await runnersOf(stack)).toHaveLength(121);
  });

  it('works with a token for runners alone, of a Maintainer, for a project', async () => {
    const stack = await start();
    const { controls } = stack.gitlab.server;
    controls.addProject('ops/app');
    controls.addUser({ username: 'mia', name: 'Mia', email: 'mia@example.org', password: 'Correct-Horse-7' });
    controls.giveRole('mia', 'ops/app', 'maintainer');
    const scopes = ['create_runner', 'manage_runner', 'read_api'];
    stack.world.secrets.set('CHATOPS_GITLAB_TOKEN', controls.addToken('mia', { scopes }));
    const spec = runnerSpec({ scope: { kind: 'project', path: 'ops/app' } });
    await register(stack, spec);
    const before = writes(stack);
    await register(stack, spec);
    expect(writes(stack)).toBe(before);
  });
});

describe('the announcement on a stand-in over real sockets', () => {
  it('is a pipeline of ours that arrives in the room', async () => {
    const stack = await start();
    await setup(stack);
    const spec = announcementSpec();
    const job = createAnnouncementJob(spec, { ...stack.ports, clock: createClock() }) as Job;
    const done = run(job);
    const { body } = await stack.chat.next((received) => received.body.object_kind === 'pipeline');
    const { id } = body.object_attributes as { id: number };
    stack.world.messages.push({ id: 'm1', roomId: 'room-ci', text: `pipeline #${id} of ops/app` });
    expect(changeLines(await done)).toEqual(['create announcement ops/app → #ci']);
    expect(stack.world.proofs.get('announcement')).toMatchObject({ messageId: 'm1' });
  });

  it('of an existing GitLab is the test of its hook', async () => {
    const stack = await start();
    await setup(stack);
    const forge = {
      title: 'GitLab',
      target: { kind: 'url', url: stack.gitlab.url },
      token: 'CHATOPS_GITLAB_TOKEN',
    } as const;
    const spec = announcementSpec({ external: true, forge });
    const job = createAnnouncementJob(spec, { ...stack.ports, clock: createClock() }) as Job;
    const done = run(job);
    await stack.chat.next(({ path }) => path.startsWith('/hooks/int1/'));
    stack.world.messages.push({ id: 'm1', roomId: 'room-ci', text: `${MARK}: something in ops/app` });
    await done;
    expect(stack.world.proofs.get('announcement')).toMatchObject({ messageId: 'm1' });
  });
});
