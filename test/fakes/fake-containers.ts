import type { ContainerStory, Exit } from '../../src/contracts/diagnosis.ts';
import { nothingToDo } from '../../src/contracts/job.ts';
import type { Compose, ComposeProject, ContainerLimits } from '../../src/engines/docker/compose.ts';
import type { ContainerEnd, ContainerFacts, Containers } from '../../src/engines/docker/containers.ts';
import { type AnswerOptions, answerQuestions } from '../../src/prober/answer-questions.ts';
import { outletTo } from '../builders/outlet.ts';

const IMAGE_ID = 'sha256:one';

/** As the engine has it. */
export const NO_LIMITS: ContainerLimits = { dropped: [], added: [], securityOptions: [], readOnly: false, tmpfs: [] };

export const aProject = (
  services: Readonly<Record<string, Partial<ComposeProject['services'][string]>>>,
): ComposeProject => ({
  services: Object.fromEntries(
    Object.entries(services).map(([name, rest]) => [
      name,
      {
        image: 'image:1',
        command: undefined,
        environment: {},
        ports: [],
        volumes: [],
        networks: ['net'],
        confinement: NO_LIMITS,
        ...rest,
      },
    ]),
  ),
  volumes: { data: 'demo_data' },
  networks: { net: 'demo_net', other: 'demo_other' },
  hashes: Object.fromEntries(Object.keys(services).map((name) => [name, `hash of ${name}`])),
});

/** As our own containers are. */
export const CONFINED: ContainerLimits = {
  dropped: ['ALL'],
  added: [],
  securityOptions: ['no-new-privileges:true'],
  readOnly: true,
  tmpfs: ['/tmp'],
  mostProcesses: 256,
  memoryBytes: 512 * 1024 ** 2,
  cpu: { quota: 50_000, period: 100_000 },
};

export const aContainer = (service: string, rest: Partial<ContainerFacts> = {}): ContainerFacts => ({
  id: `id of ${service}`,
  service,
  oneOff: false,
  image: 'image:1',
  imageId: IMAGE_ID,
  command: [],
  environment: {},
  ports: [],
  publishes: [],
  mounts: [],
  networks: { demo_net: '10.0.0.2' },
  confinement: NO_LIMITS,
  healthcheck: [],
  configHash: `hash of ${service}`,
  state: 'running',
  exitCode: 0,
  ...rest,
});

export const aStory = (service: string): ContainerStory => ({
  name: `demo-${service}-1`,
  state: 'running',
  exitCode: 0,
  outOfMemory: false,
  engineSays: '',
  startedAt: '2026-01-01T00:00:00Z',
  memoryLimit: 0,
  health: [],
});

export interface FakeDocker {
  readonly containers: Containers;
  readonly compose: Compose;
  /** In order: `create`, `start mongo`, `remove id of old`. */
  readonly calls: string[];
  readonly all: ContainerFacts[];
  /** Names of networks that Compose has made. */
  readonly networks: string[];
  /** The container of that id ends; unless asked otherwise it is started again by the engine. */
  end(id: string, end?: Partial<ContainerEnd>): void;
}

const prober = (decide: AnswerOptions['decide'], onOutput: (chunk: string) => void) =>
  answerQuestions({
    probeOf: ({ what }) => ({ id: what, ask: async () => ({ kind: 'ready' }) }),
    readinessOf: () => undefined,
    decide,
    write: outletTo(onOutput),
  });

/**
 * An engine that only notes what it is asked; `create` makes what the project has.
 * @param decide what the prober in its container decides on a job
 * @param apart what one of this version decides, that is run beside it. Default: the same
 */
export const createFakeDocker = (
  project: ComposeProject,
  existing: readonly ContainerFacts[] = [],
  decide: AnswerOptions['decide'] = async () => ({ kind: 'decided', decision: nothingToDo }),
  apart: AnswerOptions['decide'] = decide,
): FakeDocker => {
  const calls: string[] = [];
  const all = [...existing];
  const networks = Object.values(project.networks);
  const waiting = new Map<string, ((exit: Exit) => void)[]>();
  const followers: ((end: ContainerEnd) => void)[] = [];
  const end: FakeDocker['end'] = (id, rest = {}) => {
    const whole = { id, exitCode: 0, outOfMemory: false, restarts: true, began: undefined, ...rest };
    for (const follow of followers) follow(whole);
    const listeners = waiting.get(id) ?? [];
    waiting.delete(id);
    for (const listener of listeners) listener(whole);
  };
  const change = (id: string, state: ContainerFacts['state']): void => {
    const at = all.findIndex((each) => each.id === id);
    const found = all[at];
    if (found) all[at] = { ...found, state };
  };
  const make = (): void => {
    for (const name of Object.keys(project.services)) {
      const kept = all.findIndex(({ service }) => service === name);
      const isJob = project.services[name]?.command?.[0] === 'job';
      const fresh = aContainer(name, {
        state: 'created',
        command: isJob ? ['job', name] : name === 'tools' ? ['install'] : [],
      });
      if (kept === -1) all.push(fresh);
      else if (all[kept]?.configHash !== fresh.configHash) all[kept] = fresh;
    }
  };
  return {
    calls,
    all,
    networks,
    end,
    compose: {
      version: async () => '2.26.1',
      project: async () => project,
      create: async (_, services) => {
        calls.push(`create ${services.join(' ')}`);
        make();
      },
      logs: async (_, { services }, onLine) => onLine(`${services[0] ?? 'all'}-1  | it has s3cret-value in it`),
      down: async (_, { volumes }) => void calls.push(volumes ? 'down with volumes' : 'down'),
    },
    containers: {
      version: async () => ({ called: 'Docker 26.1.5', api: '1.45', kernel: '6.1.0-28-amd64' }),
      facts: async () => ({
        memoryBytes: 16 * 1024 ** 3,
        architecture: 'x86_64',
        dataRoot: '/docker',
      }),
      list: async () => [...all],
      networks: async () => networks.map((name) => ({ id: `id of ${name}`, name })),
      removeNetwork: async (id) => {
        calls.push(`remove network ${id.replace('id of ', '')}`);
        networks.splice(networks.indexOf(id.replace('id of ', '')), 1);
      },
      image: async () => ({
        id: IMAGE_ID,
        command: [],
        environment: { PATH: '/bin' },
        labels: {},
        architecture: 'amd64',
        digests: [],
      }),
      load: async (archive) => {
        const chunks: Uint8Array[] = [];
        for await (const chunk of archive) chunks.push(chunk);
        calls.push(`load ${Buffer.concat(chunks).length} bytes`);
      },
      labelled: async () => [],
      removeImage: async (name) => void calls.push(`remove image ${name}`),
      lastLines: async () => 'the last line with s3cret-value in it',
      story: async (id) => {
        const found = all.find((each) => each.id === id);
        return found && aStory(found.service);
      },
      pull: async (reference) => void calls.push(`pull ${reference}`),
      followEnds: async (_, onEnd) => void followers.push(onEnd),
      start: async (id) => {
        calls.push(`start ${id.replace('id of ', '')}`);
        change(id, 'running');
        if (id === 'id of tools') {
          change(id, 'exited');
          end(id);
        }
      },
      remove: async (id) => {
        calls.push(`remove ${id}`);
        all.splice(
          all.findIndex((each) => each.id === id),
          1,
        );
      },
      nextExit: (id, signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          waiting.set(id, [...(waiting.get(id) ?? []), resolve]);
        }),
      hold: async (_id, _command, onOutput) => {
        return {
          write: prober(decide, onOutput).feed,
          ended: new Promise(() => undefined),
          close: async () => undefined,
        };
      },
      holdApart: async ({ command, networks: joined, mounts, onOutput }) => {
        calls.push(
          `hold ${command.join(' ')} in ${joined.join(' ')} with ${mounts.map(({ source }) => source).join(' ') || 'nothing'}`,
        );
        return {
          write: prober(apart, onOutput).feed,
          ended: new Promise(() => undefined),
          close: async () => void calls.push('closed'),
        };
      },
      runOnce: async ({ name, command, onOutput }) => {
        calls.push(`run ${command.join(' ')}`);
        onOutput(
          `{"type":"change","node":"${name}","change":{"action":"create","resource":"room","name":"ops","cause":"none"}}\n`,
        );
        return { exitCode: 0, outOfMemory: false };
      },
    },
  };
};
