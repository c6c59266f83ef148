import { describe, expect, it } from 'vitest';
import type { ContainerFacts } from '../../../../src/engines/docker/containers.ts';
import type { EngineVersion } from '../../../../src/engines/docker/engine-version.ts';
import type { PreflightFacts } from '../../../../src/engines/docker/preflight/facts.ts';
import type { PreflightDeps } from '../../../../src/engines/docker/preflight/gather.ts';
import { obstaclesOf, preflight } from '../../../../src/engines/docker/preflight/preflight.ts';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import { aStack, stackOf } from '../../../builders/stack.ts';
import { aContainer, aProject, createFakeDocker } from '../../../fakes/fake-containers.ts';
import { aMachine } from '../../../fakes/fake-machine.ts';
import { loadOwn } from '../../../helpers/own-config.ts';

const GIB = 1024 ** 3;

const facts = (rest: Partial<PreflightFacts> = {}): PreflightFacts => ({
  stack: aStack(),
  engine: { called: 'Docker 26.1.5', api: '1.45', kernel: '6.1.0-28-amd64' },
  hasCompose: true,
  memoryBytes: 16 * GIB,
  swapBytes: 0,
  architecture: 'x86_64',
  dataRoot: '/var/lib/docker',
  freeBytes: 100 * GIB,
  fileSystem: 'ext4',
  lacking: new Set(aStack().nodes.map(({ name }) => name)),
  cpuFlags: new Set(['avx']),
  takenPorts: [],
  unresolved: [],
  door: '127.0.0.1',
  clearTo: undefined,
  ...rest,
});

const found = (rest: Partial<PreflightFacts>) =>
  obstaclesOf(facts(rest)).map(({ level, what, next }) => `${level}: ${what} → ${next}`);

describe('what a preflight finds', () => {
  it('is nothing on a machine that has everything', () => {
    expect(found({})).toEqual([]);
  });

  it('is an engine that is too old, and a missing Compose plugin', () => {
    expect(found({ engine: { called: 'Docker 19.03.15', api: '1.40', kernel: '' } })).toEqual([
      expect.stringMatching(/^refusal: Docker 19\.03\.15 is too old/),
    ]);
    expect(found({ hasCompose: false })).toEqual([
      expect.stringMatching(/^refusal: .*no Compose plugin.*docker-compose-plugin/),
    ]);
  });

  it('is little memory, against what the services of this very stack take, both in numbers', () => {
    const [warning] = obstaclesOf(facts({ memoryBytes: 3 * GIB }));
    expect(warning).toMatchObject({ level: 'warning', what: 'the engine has 3.0 GiB of memory' });
    expect(warning?.why).toMatch(/about 6\.0 GiB/);
    expect(found({ memoryBytes: 3 * GIB, stack: aStack({ gitlab: { kind: 'none', announce: [] } }) })).toEqual([]);
  });

  it('is a limit of memory below what the service takes, with the key to raise', () => {
    const tight = stackOf(loadOwn('limits: {gitlab: {memory: 2g}}\n').config);
    expect(found({ stack: tight })).toEqual([
      expect.stringMatching(/^warning: gitlab may take 2048 MiB of memory → raise `limits\.gitlab\.memory`/),
    ]);
  });

  it('is no trouble where a limit was taken away', () => {
    const free = stackOf(loadOwn('limits: {gitlab: {memory: none}}\n').config);
    expect(found({ stack: free })).toEqual([]);
  });

  it('is memory for every day without room for the first one, unless there is swap, with how much is wanted', () => {
    expect(found({ memoryBytes: 6.5 * GIB })).toEqual([
      expect.stringMatching(/^warning: this machine has 6\.5 GiB of memory and no swap → give it 0\.5 GiB of swap/),
    ]);
    expect(found({ memoryBytes: 6.5 * GIB, swapBytes: GIB / 4 })).toEqual([
      expect.stringMatching(/and 0\.3 GiB of swap → give it 0\.3 GiB of swap/),
    ]);
    expect(found({ memoryBytes: 6.5 * GIB, swapBytes: GIB })).toEqual([]);
    expect(found({ memoryBytes: 8 * GIB })).toEqual([]);
  });

  it('is no word on swap where it is not known, or nothing wants it', () => {
    expect(found({ memoryBytes: 6.5 * GIB, swapBytes: undefined })).toEqual([]);
    const small = aStack({ gitlab: { kind: 'none', announce: [] } });
    expect(found({ memoryBytes: 3 * GIB, stack: small })).toEqual([]);
  });

  it.each([
    ['nfs', /over a network/],
    ['cifs', /over a network/],
    ['9p', /virtual machine/],
    ['fuse', /answers for the disk/],
    ['vfat', /no owners/],
    ['tmpfs', /gone when the machine starts again/],
  ])('is volumes on %s, with what becomes of data there', (fileSystem, why) => {
    const [warning, ...others] = obstaclesOf(facts({ fileSystem }));
    expect(others).toEqual([]);
    expect(warning).toMatchObject({
      level: 'warning',
      what: `volumes lie under /var/lib/docker, which is ${fileSystem}`,
    });
    expect(warning?.why).toMatch(why);
  });

  it.each(['ext4', 'xfs', 'btrfs', 'zfs', 'overlay', undefined])('is no trouble of %s', (fileSystem) => {
    expect(found({ fileSystem })).toEqual([]);
  });

  it('is memory with which nothing can ever get ready', () => {
    expect(found({ memoryBytes: GIB })).toEqual([
      expect.stringMatching(/^refusal: the engine has 1\.0 GiB.*gitlab: none/),
    ]);
  });

  it('advises for little memory only what the stack can do without', () => {
    const few = aStack({ gitlab: { kind: 'none', announce: [] } });
    expect(found({ memoryBytes: GIB, stack: few })).toEqual([
      expect.stringMatching(/^warning: .*→ give the machine \(or Docker Desktop\) more$/),
    ]);
  });

  it('is little room on the disk: for the images that are still to be fetched and data, or for data alone', () => {
    const [warning] = obstaclesOf(facts({ freeBytes: 5 * GIB }));
    expect(warning).toMatchObject({ level: 'warning', what: '5.0 GiB are free under /var/lib/docker' });
    expect(warning?.why).toMatch(
      /^images that are still to be fetched and the data take about [\d.]+ GiB, [\d.]+ GiB of it images$/,
    );
    expect(warning?.next).toContain('docker system df');
    expect(found({ freeBytes: 5 * GIB, lacking: new Set() })).toEqual([]);
    expect(found({ freeBytes: GIB, lacking: new Set() })).toHaveLength(1);
  });

  it('is room for one image that a change brings, where the others are there', () => {
    expect(found({ freeBytes: 3 * GIB, lacking: new Set(['bot']) })).toEqual([]);
    expect(found({ freeBytes: 3 * GIB, lacking: new Set(['gitlab']) })).toHaveLength(1);
  });

  it('is room for an image once, however many are made of it', () => {
    const stack = stackOf(loadOwn('mongo: { members: 3 }\n').config);
    const mongos = new Set(stack.nodes.map(({ name }) => name).filter((name) => name.startsWith('mongo')));
    const [one] = obstaclesOf(facts({ freeBytes: GIB, lacking: new Set(['mongo']) }));
    const [all] = obstaclesOf(facts({ stack, freeBytes: GIB, lacking: mongos }));
    expect(all?.why).toBe(one?.why);
  });

  it('is a port that cannot be opened, with the program that names its holder', () => {
    const takenPorts = [
      { port: 8080, service: 'nginx', code: 'EADDRINUSE' },
      { port: 22, service: 'gitlab', code: 'EACCES' },
    ];
    const [busy, low] = obstaclesOf(facts({ takenPorts }));
    expect(busy).toMatchObject({ code: 'PORT_TAKEN', why: 'another program listens on it' });
    expect(busy?.next).toContain('sport = :8080');
    expect(low?.why).toBe('ports below 1024 need root');
  });

  it('is an engine that is spoken to over a network without TLS, with two ways on', () => {
    expect(found({ clearTo: '10.0.0.2' })).toEqual([
      expect.stringMatching(/^warning: the engine at 10\.0\.0\.2 is spoken to without TLS → .*DOCKER_TLS_VERIFY.*ssh:/),
    ]);
  });

  it('is names that have no address, with the line for /etc/hosts', () => {
    expect(found({ unresolved: ['chat.example.org', 'git.example.org'] })).toEqual([
      expect.stringMatching(
        /^warning: chat\.example\.org, git\.example\.org have no address.*`127\.0\.0\.1 chat\.example\.org git\.example\.org`/,
      ),
    ]);
  });
});

describe('a CPU without AVX', () => {
  const without = new Set(['sse2']);
  const withMongo = (mongo: string) => found({ cpuFlags: without, stack: aStack({ images: { mongo } }) });

  it.each(['mongo:8.0', 'mongo:5.0', 'docker.io/library/mongo:7.0', 'mongodb/mongodb-community-server:8.0-ubi8'])(
    'is refused for %s, and an older MongoDB is not advised',
    (image) => {
      const [refusal] = withMongo(image);
      expect(refusal).toMatch(/^refusal: .*lacks AVX.*kind: external/);
      expect(refusal).not.toMatch(/4\.4/);
    },
  );

  it.each(['mongo:4.4', 'registry.example.org/our/mongo-without-avx:8.0'])('is no matter for %s', (image) => {
    expect(withMongo(image)).toEqual([]);
  });

  it('is no matter where the set is elsewhere, on another kind of CPU, or where it is not known', () => {
    expect(found({ cpuFlags: without, stack: aStack({ mongo: { kind: 'external' } }) })).toEqual([]);
    expect(found({ cpuFlags: without, architecture: 'amd64' })).toEqual([expect.stringMatching(/lacks AVX/)]);
    expect(found({ cpuFlags: without, architecture: 'aarch64' })).toEqual([]);
    expect(found({ cpuFlags: undefined })).toEqual([]);
  });
});

describe('a kernel that a program does not run on as its image starts it', () => {
  const on = (kernel: string) => facts({ engine: { called: 'Docker 29.0.0', api: '1.52', kernel } });

  it.each(['6.19.0', '6.19.3-arch1-1', '7.0.0-30-generic', '7.0.13'])(
    'is Linux %s for MongoDB 8: said with its remedy, and the run goes on',
    (kernel) => {
      const [warning, ...others] = obstaclesOf(on(kernel));
      expect(warning).toMatchObject({ level: 'warning', what: `the engine runs on Linux ${kernel}` });
      expect(warning?.next).toMatch(/^mongo:8\.0 is started with GLIBC_TUNABLES=glibc\.pthread\.rseq=1: /);
      expect(others).toEqual([]);
    },
  );

  it.each(['6.18.44', '7.0.14', '7.1.5-zen', '8.0.0', '', 'linuxkit'])('is not Linux "%s"', (kernel) => {
    expect(obstaclesOf(on(kernel))).toEqual([]);
  });
});

const STACK = aStack({ domain: 'example.org' });

interface Asked {
  readonly machine?: Partial<Parameters<typeof aMachine>[0]>;
  readonly version?: EngineVersion;
  readonly existing?: readonly ContainerFacts[];
  readonly remote?: boolean;
}

const look = async ({ machine = {}, version, existing = [], remote = false }: Asked, stack = STACK) => {
  const { containers } = createFakeDocker(aProject({}), existing);
  const own = aMachine(machine);
  const deps: PreflightDeps = {
    version: version ?? (await containers.version()),
    engine: containers.facts,
    hasImage: async () => false,
    seen: async () => existing,
    hasCompose: async () => true,
    machine: remote ? undefined : own,
    resolves: own.resolves,
    host: remote ? '10.0.0.2' : '127.0.0.1',
    clear: false,
  };
  return preflight(stack, deps);
};

describe('a preflight', () => {
  it('reports warnings with their remedy, and lets the run go on', async () => {
    const warnings = await look({ machine: { resolves: async (name) => name.startsWith('git.') } });
    expect(warnings).toEqual([
      expect.stringMatching(/chat\.example\.org, www\.example\.org, hom\.example\.org have no address/),
    ]);
  });

  it('asks no name service for names under .localhost', async () => {
    expect(await look({ machine: { resolves: async () => false } }, aStack())).toEqual([]);
  });

  it('refuses at once with everything that is wrong', async () => {
    const machine = { portTrouble: async () => 'EADDRINUSE', cpuFlags: async () => new Set<string>() };
    const error = await look({ machine, version: { called: 'Docker 19.03.1', api: '1.40', kernel: '' } }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ChatopsError);
    const { what, why, next } = error as ChatopsError;
    expect(what).toBe('4 things keep the stack from starting');
    for (const word of ['too old', 'AVX', 'port 8080 for nginx', 'port 2222 for gitlab']) expect(why).toContain(word);
    expect(next.split('\n')).toHaveLength(4);
  });

  it('takes a port that a container of ours holds for no trouble', async () => {
    const existing = [aContainer('nginx', { publishes: [8080] })];
    const machine = { portTrouble: async (port: number) => (port === 8080 ? 'EADDRINUSE' : undefined) };
    expect(await look({ machine, existing })).toEqual([]);
  });

  it('looks for a free port at the address that it is opened on', async () => {
    const asked: (string | undefined)[] = [];
    const machine = {
      portTrouble: async (_port: number, at?: string) => {
        asked.push(at);
        return undefined;
      },
    };
    await look({ machine });
    expect(new Set(asked)).toEqual(new Set(['127.0.0.1']));
  });

  it('asks nothing of this machine when the engine is on another one', async () => {
    const never = async (): Promise<never> => Promise.reject(new Error('asked'));
    const machine = { portTrouble: never, cpuFlags: never, freeBytes: never, resolves: async () => false };
    expect(await look({ machine, remote: true })).toEqual([expect.stringContaining('`10.0.0.2 chat.example.org')]);
  });
});
