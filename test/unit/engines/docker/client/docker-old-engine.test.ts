import Docker from 'dockerode';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContainers } from '../../../../../src/engines/docker/client/docker.ts';
import type { Containers, RunOnce } from '../../../../../src/engines/docker/containers.ts';
import { type OldEngine, startEngine141 } from '../../../../fakes/engine-1-41.ts';
import { CONFINED } from '../../../../fakes/fake-containers.ts';

const signal = new AbortController().signal;

const aRun = (said: string[]): RunOnce => ({
  project: 'demo',
  name: 'setup',
  image: 'tools:1',
  command: ['job', 'setup'],
  directory: '/stack',
  environment: { TOKEN: 's3cret-value' },
  mounts: [{ kind: 'volume', source: 'demo_jobs', target: '/stack/.chatops', readOnly: false }],
  networks: ['demo_net', 'demo_other'],
  confinement: { ...CONFINED, user: '65532', added: ['DAC_OVERRIDE'] },
  onOutput: (text) => said.push(text),
  onError: () => undefined,
});

describe('an engine of API 1.41 (Docker 20.10)', () => {
  let engine: OldEngine;
  let containers: Containers;

  beforeEach(async () => {
    engine = await startEngine141();
    containers = createContainers({ socketPath: engine.socketPath });
  });
  afterEach(() => engine.close());

  /** Each method of the port, and what it must have come to. */
  const asks: Readonly<Record<keyof Containers, () => Promise<void>>> = {
    version: async () =>
      expect(await containers.version()).toEqual({ called: 'Docker 20.10.24', api: '1.41', kernel: '' }),
    facts: async () =>
      expect(await containers.facts()).toEqual({
        memoryBytes: 4_000_000_000,
        architecture: 'x86_64',
        dataRoot: '/docker',
      }),
    list: async () =>
      expect((await containers.list('demo'))[0]).toMatchObject({ service: 'mongo', environment: { A: 'b=c' } }),
    networks: async () => expect(await containers.networks('demo')).toEqual([{ id: 'n1', name: 'demo_net' }]),
    removeNetwork: async () => expect(await containers.removeNetwork('n1')).toBeUndefined(),
    image: async () => expect(await containers.image('mongo:8.0')).toMatchObject({ id: 'sha256:one' }),
    load: async () => {
      const archive = async function* () {
        yield Buffer.from('the bytes of an archive');
      };
      await containers.load(archive(), signal);
      expect(engine.asked).toEqual(['POST /images/load']);
    },
    labelled: async () =>
      expect(await containers.labelled('ours')).toEqual([{ id: 'sha256:one', names: ['tools:1'], used: false }]),
    removeImage: async () => {
      await containers.removeImage('tools:1');
      expect(engine.asked).toEqual(['DELETE /images/tools:1']);
    },
    pull: async () => {
      const steps: string[] = [];
      await containers.pull('mongo:8.0', ({ state }) => steps.push(state), signal);
      expect(steps).toEqual(['there']);
    },
    lastLines: async () => expect(await containers.lastLines('c1', 3)).toBe('a last line'),
    story: async () => expect(await containers.story('c1')).toMatchObject({ state: 'exited', exitCode: 3 }),
    followEnds: async () => {
      const stop = new AbortController();
      const end = await new Promise((resolve, reject) => {
        containers.followEnds('demo', resolve, stop.signal).catch(reject);
      });
      stop.abort();
      expect(end).toMatchObject({ id: 'c1', exitCode: 3 });
    },
    start: async () => expect(await containers.start('c1')).toBeUndefined(),
    remove: async () => {
      await containers.remove('c1');
      expect(engine.asked).toEqual(['POST /containers/c1/stop', 'DELETE /containers/c1']);
    },
    nextExit: async () => expect(await containers.nextExit('c1', signal)).toMatchObject({ exitCode: 3 }),
    hold: async () => {
      let said = '';
      const held = await containers.hold('c1', ['prober'], (text) => {
        said += text;
      });
      await held.ended;
      expect(said).toBe('said by a program\n');
    },
    holdApart: async () => {
      const said: string[] = [];
      const held = await containers.holdApart(aRun(said));
      await held.ended;
      expect(said).toEqual(['said by a job\n']);
      await held.close();
      expect(engine.asked.at(-1)).toBe('DELETE /containers/c1');
    },
    runOnce: async () => {
      const said: string[] = [];
      expect(await containers.runOnce(aRun(said), signal)).toMatchObject({ exitCode: 3 });
      expect(said).toEqual(['said by a job\n']);
      expect(engine.asked).toContain('POST /networks/demo_other/connect');
    },
  };

  it.each(Object.entries(asks))('is asked for nothing that it does not know: %s', async (_, ask) => {
    await ask();
    expect(engine.asked).not.toEqual([]);
    expect(engine.refused).toEqual([]);
  });

  it('keeps a network with a container that runs in it, and that is no failure', async () => {
    expect(await containers.removeNetwork('n2')).toBeUndefined();
    expect(engine.asked).toEqual(['DELETE /networks/n2']);
  });

  it('is given the secrets of a job in the body, never in an address, which engines log', async () => {
    await containers.runOnce(aRun([]), signal);
    expect(engine.addresses.length).toBeGreaterThan(3);
    expect(engine.addresses.filter((address) => address.includes('s3cret-value'))).toEqual([]);
  });

  it('would refuse a client that insists on a later API, and fields that came with one', async () => {
    const later = new Docker({ socketPath: engine.socketPath, version: 'v1.44' });
    await expect(later.version()).rejects.toThrow(
      'client version 1.44 is too new. Maximum supported API version is 1.41',
    );
    const docker = new Docker({ socketPath: engine.socketPath });
    const Healthcheck = { Test: ['CMD', 'true'], StartInterval: 1 };
    const body = { _query: {}, _body: { Image: 'a', Healthcheck } };
    await expect(docker.createContainer(body as Docker.ContainerCreateOptions)).rejects.toThrow(
      'field Healthcheck.StartInterval',
    );
    await expect(docker.getContainer('c1').stop({ signal: 'SIGINT' })).rejects.toThrow('parameter signal');
  });
});
