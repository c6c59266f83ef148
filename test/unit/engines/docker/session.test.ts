import { describe, expect, it } from 'vitest';
import { type Change, type Decision, nothingToDo } from '../../../../src/contracts/job.ts';
import { reconcileServices } from '../../../../src/engine/reconcile.ts';
import type { ContainerFacts } from '../../../../src/engines/docker/containers.ts';
import { createDockerEngine } from '../../../../src/engines/docker/docker-engine.ts';
import type { DockerEngineOptions } from '../../../../src/engines/docker/options.ts';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import type { AnswerOptions } from '../../../../src/prober/answer-questions.ts';
import type { JobQuestion } from '../../../../src/prober/probe-lines.ts';
import type { JobNode, ServiceNode, Stack } from '../../../../src/stack/stack.ts';
import { PARTS } from '../../../../src/wiring/parts.ts';
import { aJob, aService } from '../../../builders/nodes.ts';
import { aStack } from '../../../builders/stack.ts';
import { aContainer, aProject, createFakeDocker, type FakeDocker } from '../../../fakes/fake-containers.ts';
import { aMachine } from '../../../fakes/fake-machine.ts';
import { NO_PACKAGES } from '../../../fakes/fake-packages.ts';
import { createVirtualClock } from '../../../fakes/virtual-clock.ts';

const signal = new AbortController().signal;
const mongo = aService('mongo', [], { container: { ...aService('x').container, publishes: { 1: 8080 } } });
const setup: JobNode = {
  ...aJob('setup'),
  job: {
    job: 'conversation',
    proof: 'conversation',
    publicUrl: 'http://chat',
    room: 'ops',
    account: { username: 'bot', password: 'TOKEN' },
  },
};
const STACK: Stack = { ...aStack(), name: 'demo', nodes: [mongo, aService('chat'), aService('prober'), setup] };
const PROJECT = aProject({
  tools: { command: ['install'] },
  mongo: {},
  chat: {},
  prober: {},
  setup: {
    command: ['job', 'setup'],
    environment: { TOKEN: 't', OTHER: 'not read by this job' },
    volumes: [{ type: 'bind', source: './a.toml', target: '/stack/a.toml', readOnly: true }],
  },
});
const DONE: readonly ContainerFacts[] = [
  aContainer('tools', { state: 'exited', command: ['install'] }),
  aContainer('mongo'),
  aContainer('chat'),
  aContainer('prober'),
  aContainer('setup', {
    state: 'created',
    command: ['job', 'setup'],
    environment: { TOKEN: 't', OTHER: 'not read by this job' },
    mounts: ['bind ./a.toml → /stack/a.toml (read-only)'],
  }),
];

const engineOver = (docker: FakeDocker, rest: Partial<DockerEngineOptions> = {}) =>
  createDockerEngine({
    why: 'of a test',
    containers: docker.containers,
    compose: docker.compose,
    composeText: () => '',
    jobFiles: () => ({ 'a.toml': 'wanted', 'b.toml': 'not read by this job' }),
    askedBy: ([, , what]) => (what === undefined ? undefined : { what: 'tcp', endpoint: { service: what, port: 1 } }),
    redact: (text) => text.replaceAll('s3cret-value', '[secret]'),
    causes: PARTS.flatMap(({ causes = [] }) => causes),
    tools: { reference: 'chatops-up/tools:0.1.0', packages: NO_PACKAGES },
    machine: aMachine(),
    local: true,
    host: '127.0.0.1',
    clear: false,
    now: createVirtualClock().now,
    ...rest,
  });

const open = async (existing: readonly ContainerFacts[] = [], decide?: AnswerOptions['decide']) => {
  const docker = createFakeDocker(PROJECT, existing, decide);
  return { ...docker, session: await engineOver(docker).open(STACK) };
};

const services = STACK.nodes.filter((node): node is ServiceNode => node.kind === 'service');
const steps = async ({ session }: Awaited<ReturnType<typeof open>>) =>
  reconcileServices(
    services.map((service) => ({ service, fingerprint: session.fingerprint(service) })),
    await session.observe(),
  ).map(({ service, action, cause }) => `${action} ${service}: ${cause}`);

describe('containers of a run', () => {
  it('are made all at once, and started one by one', async () => {
    const { session, calls } = await open();
    await Promise.all([session.start(mongo, signal), session.start(aService('chat'), signal)]);
    expect(calls.slice(0, 1)).toEqual(['create tools mongo chat prober setup']);
    expect(calls.slice(1).sort()).toEqual(['start chat', 'start mongo']);
  });

  it('wait for no tools in their volume but the prober, which is complete when that is filled', async () => {
    const { session, calls } = await open();
    for (const service of [mongo, aService('prober')]) {
      await session.start(service, signal);
      await session.completed?.(service, signal);
    }
    expect(calls.slice(1)).toEqual(['start mongo', 'start prober', 'start tools']);
  });

  it('are not complete when the volume of tools cannot be filled: the last lines of what should have done it say why', async () => {
    const docker = createFakeDocker(PROJECT, []);
    const nextExit = async () => ({ exitCode: 1, outOfMemory: false });
    const session = await engineOver(docker, { containers: { ...docker.containers, nextExit } }).open(STACK);
    await session.start(aService('prober'), signal);
    await expect(session.completed?.(aService('prober'), signal)).rejects.toMatchObject({
      code: 'SERVICE_FAILED',
      what: 'the volume of tools could not be filled',
      why: 'the last line with [secret] in it',
    });
  });

  it('are left alone when they run as wanted: nothing is made, started or stopped', async () => {
    const opened = await open(DONE);
    expect(await steps(opened)).toEqual([]);
    await opened.session.start(mongo, signal);
    await opened.session.start(aService('chat'), signal);
    expect(opened.calls).toEqual([]);
  });

  it('are planned with their cause, and jobs are no services', async () => {
    const changed = DONE.map((each) => (each.service === 'chat' ? { ...each, image: 'image:0' } : each));
    expect(await steps(await open([...changed, aContainer('old')]))).toEqual([
      'update chat: image changed',
      'delete old: chatops.yaml no longer asks for it',
    ]);
  });

  it('that are stopped are not started for a look, only for a run', async () => {
    const { session, calls } = await open(DONE.map((each) => ({ ...each, state: 'exited' as const })));
    expect(await session.wake('mongo', 'look', signal)).toBe(false);
    expect(calls).toEqual([]);
    expect(await session.wake('mongo', 'run', signal)).toBe(true);
    expect(calls).toEqual(['start mongo']);
  });

  it('of networks that this release has not are removed when containers are made, and no others', async () => {
    const { calls, networks, session } = await open();
    networks.push('demo_chatops');
    await session.start(mongo, signal);
    expect(calls.filter((call) => call.includes('network'))).toEqual(['remove network demo_chatops']);
    expect(calls.indexOf('remove network demo_chatops')).toBeLessThan(calls.indexOf('start mongo'));
  });

  it('of jobs whose run was killed are removed before anything is started: nothing may work beside ours', async () => {
    const { session, calls } = await open([...DONE, aContainer('setup', { id: 'left over', oneOff: true })]);
    await session.start(mongo, signal);
    expect(calls).toEqual(['remove left over']);
  });
});

describe('a service that ends', () => {
  it('is given up after its fourth end in a run', async () => {
    const { session, end } = await open(DONE);
    const crashed = session.crashed('chat');
    await new Promise((resolve) => setImmediate(resolve));
    for (let ends = 0; ends < 4; ends += 1) end('id of chat', { exitCode: 137, outOfMemory: true });
    expect(await crashed).toBe('its container ended with 137 (killed for memory), 4 times in this run');
  });
});

describe('a diagnosis', () => {
  const failed = new ChatopsError('SERVICE_FAILED', { what: 'chat ended' });

  it('reports how the container ended, its last lines without secrets, and the likely cause', async () => {
    const { session, end } = await open(DONE);
    void session.crashed('chat');
    await new Promise((resolve) => setImmediate(resolve));
    end('id of chat', { exitCode: 137, outOfMemory: true });
    const diagnosis = await session.diagnose?.(aService('chat'), failed);
    expect(diagnosis).toMatchObject({
      service: 'chat',
      ends: 1,
      lastEnd: { exitCode: 137, outOfMemory: true },
      lines: ['the last line with [secret] in it'],
      cause: { what: expect.stringContaining('killed for memory') },
    });
  });

  it('of a job looks at the service that the job works on', async () => {
    const { session } = await open(DONE);
    const job = aJob('setup');
    const target = { kind: 'service', endpoint: { service: 'chat', port: 3000 } } as const;
    const node = { ...job, job: { job: 'runner-registration', target } } as unknown as typeof job;
    expect(await session.diagnose?.(node, failed)).toMatchObject({ service: 'chat' });
  });

  it('says so where there is no container', async () => {
    const { session } = await open([]);
    expect(await session.diagnose?.(aService('chat'), failed)).toMatchObject({ container: undefined, lines: [] });
  });
});

describe('inside the network', () => {
  const ROOM = { action: 'create', resource: 'room', name: 'ops', cause: 'none' } as const;
  const deciding = (decision: Partial<Decision>): AnswerOptions['decide'] => {
    const whole = { changes: [], conflicts: [], warnings: [], ...decision };
    return async () => ({ kind: 'decided', decision: whole });
  };
  const runSetup = async ({ session }: Awaited<ReturnType<typeof open>>) => {
    const changes: string[] = [];
    const warnings: string[] = [];
    const listeners = {
      onChange: ({ name }: Change) => void changes.push(name),
      onWarning: (text: string) => void warnings.push(text),
      onWaiting: () => undefined,
    };
    await session.inside?.runJob('setup', listeners, signal);
    return { changes, warnings };
  };

  it('a job with nothing to change is only looked at: no container runs', async () => {
    const opened = await open(DONE, deciding({ warnings: ['a tag is unknown'] }));
    expect(await runSetup(opened)).toEqual({ changes: [], warnings: ['a tag is unknown'] });
    expect(opened.calls).toEqual([]);
  });

  it.each<[string, Partial<Decision>]>([
    ['something to change', { changes: [ROOM] }],
    ['something in its way', { conflicts: [{ resource: 'room', name: 'ops', why: 'by hand', next: 'rename it' }] }],
    ['something to wait for', { more: true }],
  ])('a job with %s runs in a container of its own, and reports its changes', async (_, decision) => {
    const opened = await open(DONE, deciding(decision));
    expect(await runSetup(opened)).toEqual({ changes: ['ops'], warnings: [] });
    expect(opened.calls).toEqual(['run job setup --in-network --json']);
  });

  it('a job runs in a container of its own as well while the prober does not run', async () => {
    const stopped = DONE.map((each) => (each.service === 'prober' ? { ...each, state: 'exited' as const } : each));
    const opened = await open(stopped);
    expect(await runSetup(opened)).toEqual({ changes: ['ops'], warnings: [] });
  });

  it('a job that the prober does not know yet runs in a container of its own, and is planned without a look', async () => {
    const opened = await open(DONE, async () => ({ kind: 'unknown' }));
    expect(await runSetup(opened)).toEqual({ changes: ['ops'], warnings: [] });
    expect(await opened.session.inside?.decideJob('setup', signal)).toBeUndefined();
  });

  it('a job that cannot be looked at fails with what its look ended with', async () => {
    const error = new ChatopsError('LOGIN_REFUSED', { what: 'login of bot refused' });
    const opened = await open(DONE, () => Promise.reject(error));
    await expect(runSetup(opened)).rejects.toMatchObject({ code: 'LOGIN_REFUSED', what: 'login of bot refused' });
    expect(opened.calls).toEqual([]);
  });

  it('a job is planned without being carried out', async () => {
    const { session, calls } = await open(DONE, deciding({ changes: [ROOM], warnings: ['seen inside'] }));
    expect(await session.inside?.decideJob('setup', signal)).toMatchObject({
      changes: [ROOM],
      warnings: ['seen inside'],
    });
    expect(calls).toEqual([]);
  });

  describe('while the prober that runs was made from another image', () => {
    const volumes = [
      { type: 'volume', source: 'data', target: '/data', readOnly: true },
      { type: 'volume', source: 'fresh', target: '/fresh', readOnly: false },
      { type: 'bind', source: './table', target: '/table', readOnly: true },
    ];
    const project = aProject({ ...PROJECT.services, prober: { volumes } });
    const older = DONE.map((each) =>
      each.service === 'prober'
        ? {
            ...each,
            imageId: 'sha256:of-before',
            mounts: ['volume demo_data → /data (read-only)', 'bind ./table → /table (read-only)'],
            networks: { demo_flat: '10.0.0.9', demo_net: '10.0.0.2' },
          }
        : each,
    );
    const openOlder = async (apart: AnswerOptions['decide']) => {
      const neverAsked: AnswerOptions['decide'] = () => expect.unreachable('the one of before was asked');
      const docker = createFakeDocker(project, older, neverAsked, apart);
      return { ...docker, session: await engineOver(docker).open(STACK) };
    };

    it('a job is planned by one of this version beside it, with what it has and nothing that it has not', async () => {
      const { session, calls } = await openOlder(deciding({ changes: [ROOM] }));
      expect(await session.inside?.decideJob('setup', signal)).toMatchObject({ changes: [ROOM] });
      expect(await session.inside?.decideJob('setup', signal)).toMatchObject({ changes: [ROOM] });
      expect(calls).toEqual(['hold prober --stdio in demo_flat demo_net with demo_data']);
      await session.close();
      expect(calls.slice(1)).toEqual(['closed']);
    });

    it('a job is planned without a look where the engine does not have the image, which a registry has', async () => {
      const docker = createFakeDocker(project, older);
      const image: FakeDocker['containers']['image'] = async (reference) =>
        reference === 'image:1' ? undefined : docker.containers.image(reference);
      const engine = engineOver({ ...docker, containers: { ...docker.containers, image } });
      const session = await engine.open(STACK);
      expect(await session.inside?.decideJob('setup', signal)).toBeUndefined();
      expect(docker.calls).toEqual([]);
    });
  });

  it('a job is decided on as it is wanted now, with its own secrets and files and no others', async () => {
    const asked: JobQuestion[] = [];
    const { session } = await open(DONE, async (question) => {
      asked.push(question);
      return { kind: 'decided', decision: nothingToDo };
    });
    await session.inside?.decideJob('setup', signal);
    expect(asked).toMatchObject([{ job: setup.job }]);
    expect(asked[0]?.secrets).toEqual({ TOKEN: 't' });
    expect(asked[0]?.files).toEqual({ 'a.toml': 'wanted' });
  });

  it('a job is decided on as something else where that is asked for', async () => {
    const asked: JobQuestion[] = [];
    const { session } = await open(DONE, async (question) => {
      asked.push(question);
      return { kind: 'decided', decision: nothingToDo };
    });
    const instead = { ...setup.job, isNew: true };
    await session.inside?.decideJob('setup', signal, instead);
    expect(asked).toMatchObject([{ job: instead, secrets: { TOKEN: 't' } }]);
  });

  it('nothing is ready while the prober does not run', async () => {
    const { session } = await open(DONE.filter(({ service }) => service !== 'prober'));
    expect(await session.inside?.ask({ what: 'tcp', endpoint: { service: 'mongo', port: 1 } }, signal)).toEqual({
      kind: 'not-ready',
      reason: 'the prober does not run yet',
      unasked: true,
    });
  });

  it('a prober that has ended for good in this run cannot be waited for, one that the engine starts again can', async () => {
    const docker = createFakeDocker(PROJECT, DONE);
    const { all } = docker;
    const hold = async (): Promise<never> => {
      throw new Error('its container is not running');
    };
    const session = await engineOver(docker, { containers: { ...docker.containers, hold } }).open(STACK);
    const tcp = { what: 'tcp', endpoint: { service: 'mongo', port: 1 } } as const;
    const at = all.findIndex(({ service }) => service === 'prober');
    const becomes = (state: ContainerFacts['state']): void => {
      all[at] = { ...(all[at] as ContainerFacts), state, exitCode: 137 };
    };
    await session.start(aService('prober'), signal);
    becomes('restarting');
    expect(await session.inside?.ask(tcp, signal)).toMatchObject({ kind: 'not-ready' });
    becomes('exited');
    expect(await session.inside?.ask(tcp, signal)).toMatchObject({
      kind: 'cannot-tell',
      error: { code: 'GATE_FAILED', why: 'its container ended with 137, and the engine does not start it again' },
    });
  });

  it('a prober that was started again is found again', async () => {
    const opened = await open(DONE);
    const tcp = { what: 'tcp', endpoint: { service: 'mongo', port: 1 } } as const;
    const at = opened.all.findIndex(({ service }) => service === 'prober');
    const running = opened.all[at] as ContainerFacts;
    opened.all[at] = { ...running, state: 'exited' };
    const session = await engineOver(opened).open(STACK);
    expect(await session.inside?.ask(tcp, signal)).toMatchObject({ kind: 'not-ready' });
    opened.all[at] = running;
    expect(await session.inside?.ask(tcp, signal)).toEqual({ kind: 'ready' });
  });
});

describe('compose.yaml', () => {
  const docker = createFakeDocker(PROJECT);

  it.each([
    ['Docker 20.10.24+dfsg1', '1.41', false],
    ['Docker 24.0.9', '1.43', false],
    ['Docker 25.0.0', '1.44', true],
    ['Docker 28.2.2-rc.1', '1.50', true],
    ['Podman 4.3.1', '1.41', false],
  ])('for %s (API %s) has start_interval: %s', async (called, api, startInterval) => {
    const read: string[] = [];
    const downWith: string[] = [];
    const engine = engineOver(docker, {
      containers: { ...docker.containers, version: async () => ({ called, api, kernel: '' }) },
      composeText: (_, knows) => `start_interval: ${knows.startInterval}`,
      compose: {
        ...docker.compose,
        project: async (text) => {
          read.push(text);
          return PROJECT;
        },
        down: async (text) => void downWith.push(text),
      },
    });
    await engine.open(STACK);
    await engine.down(STACK, { volumes: false });
    expect([read.at(-1), ...downWith]).toEqual(Array(2).fill(`start_interval: ${startInterval}`));
  });

  it('is read once in a run, and begun to be before anything is asked', async () => {
    const calls: string[] = [];
    const engine = engineOver(docker, {
      containers: {
        ...docker.containers,
        version: async () => {
          calls.push('version');
          return docker.containers.version();
        },
      },
      compose: {
        ...docker.compose,
        project: async () => {
          calls.push('project');
          return PROJECT;
        },
      },
    });
    engine.begin?.(STACK);
    await engine.preflight(STACK);
    await engine.open(STACK);
    expect(calls).toEqual(['project', 'version']);
  });
});

describe('the program in a prober that runs', () => {
  /** How often it was begun and closed. */
  const counted = (existing: readonly ContainerFacts[]) => {
    const docker = createFakeDocker(PROJECT, existing);
    const counts = { begun: 0, closed: 0 };
    const hold: typeof docker.containers.hold = async (...held) => {
      counts.begun += 1;
      const program = await docker.containers.hold(...held);
      const close = async (): Promise<void> => {
        counts.closed += 1;
      };
      return { ...program, close };
    };
    return { counts, docker, rest: { containers: { ...docker.containers, hold } } };
  };
  const tcp = { what: 'tcp', endpoint: { service: 'mongo', port: 1 } } as const;

  it('is begun once, while the machine is looked at, and ends with the session', async () => {
    const { counts, docker, rest } = counted(DONE);
    const engine = engineOver(docker, rest);
    await engine.preflight(STACK);
    expect(counts).toEqual({ begun: 1, closed: 0 });
    const session = await engine.open(STACK);
    expect(await session.inside?.ask(tcp, signal)).toEqual({ kind: 'ready' });
    await session.close();
    expect(counts).toEqual({ begun: 1, closed: 1 });
  });

  it('ends where the machine does not fit', async () => {
    const { counts, docker, rest } = counted(DONE);
    const project = (): Promise<never> => Promise.reject(new Error('refused'));
    const engine = engineOver(docker, { ...rest, compose: { ...docker.compose, project } });
    await expect(engine.preflight(STACK)).rejects.toThrow('refused');
    expect(counts).toEqual({ begun: 1, closed: 1 });
  });

  it('ends at once in a container that is replaced', async () => {
    const older = DONE.map((each) => (each.service === 'prober' ? { ...each, configHash: 'before' } : each));
    const { counts, docker, rest } = counted(older);
    await engineOver(docker, rest).open(STACK);
    expect(counts).toEqual({ begun: 1, closed: 1 });
  });
});

describe('a Compose plugin', () => {
  const docker = createFakeDocker(PROJECT);
  const failing = { ...docker.compose, project: () => Promise.reject(new Error('unknown command: compose')) };

  it('that is missing is named before anything is written', async () => {
    const engine = engineOver(docker, { compose: { ...failing, version: async () => undefined } });
    await expect(engine.preflight(STACK)).rejects.toMatchObject({ what: 'Docker has no Compose plugin' });
  });

  it('that refuses compose.yaml is quoted', async () => {
    await expect(engineOver(docker, { compose: failing }).preflight(STACK)).rejects.toThrow('unknown command: compose');
  });
});

describe('what containers say', () => {
  it('is passed on line by line, secrets taken out', async () => {
    const lines: string[] = [];
    const wanted = { services: ['mongo'], follow: false, tail: 10 };
    await engineOver(createFakeDocker(PROJECT)).logs?.(STACK, wanted, (line) => lines.push(line), signal);
    expect(lines).toEqual(['mongo-1  | it has [secret] in it']);
  });
});

describe('a service that is to be replaced', () => {
  const questionOf = async (rest: Partial<ContainerFacts>) => {
    const { session } = await open([aContainer('mongo', { healthcheck: ['CMD', 'probe', 'before'], ...rest })]);
    return (await session.observe()).get('mongo')?.usable;
  };

  it('is still asked what it was made for, and one that stays what is wanted', async () => {
    expect(await questionOf({ image: 'image:0' })).toEqual({ what: 'tcp', endpoint: { service: 'before', port: 1 } });
    expect(await questionOf({})).toBeUndefined();
    expect(await questionOf({ image: 'image:0', healthcheck: [] })).toBeUndefined();
  });
});
