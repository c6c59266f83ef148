import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describe as describeStack } from '../../../operations.ts';
import { createStackLock } from '../../../src/adapters/lock.ts';
import { chooseEngine } from '../../../src/wiring/choose-engine.ts';
import type { EngineNeeds } from '../../../src/wiring/engine-kind.ts';
import { headline } from '../../../src/wiring/headline.ts';
import type { Invocation } from '../../../src/wiring/invocation.ts';
import { ownHouse } from '../../../src/wiring/own-house.ts';
import { type OldEngine, startEngine141 } from '../../fakes/engine-1-41.ts';

const NOWHERE = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
const needs = {
  desired: describeStack('name: demo\n', 'chatops.yaml', ownHouse()),
  values: new Map(),
} as unknown as EngineNeeds;

const choose = (rest: Partial<Invocation>) =>
  chooseEngine({ dir: '/stack', engine: 'auto', env: NOWHERE, ...rest } as Invocation, needs);

describe('the engine that auto takes', () => {
  let docker: OldEngine;
  beforeEach(async () => {
    docker = await startEngine141();
  });
  afterEach(() => docker.close());

  it('is Docker where that answers, whatever images are missing: none is even asked for', async () => {
    const engine = await choose({ env: { DOCKER_HOST: `unix://${docker.socketPath}` } });
    expect(engine).toMatchObject({ kind: 'docker', why: 'Docker 20.10.24 answers' });
    expect(docker.asked.filter((call) => call.includes('images'))).toEqual([]);
    expect(docker.asked).not.toEqual([]);
  });

  it('is the one whose servers another process keeps running there, whatever answers', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'chatops-stays-'));
    const lock = createStackLock(join(dir, '.chatops'));
    await lock.acquire({ staying: 'embedded' });
    const env = { DOCKER_HOST: `unix://${docker.socketPath}` };
    expect(await choose({ dir, env })).toMatchObject({ kind: 'embedded', why: expect.stringContaining('up --stay') });
    await lock.release();
    expect(await choose({ dir, env })).toMatchObject({ kind: 'docker' });
  });

  it('is the embedded one where no Docker answers and nobody can be asked, and the report says why', async () => {
    expect(await choose({})).toMatchObject({ kind: 'embedded', why: expect.stringContaining('no Docker answers') });
  });

  it('is the embedded one when the user who was asked wants a rehearsal', async () => {
    const asked: string[] = [];
    const engine = await choose({ askYesNo: async (question) => asked.push(question) > 0 });
    expect(engine.kind).toBe('embedded');
    expect(asked).toEqual([expect.stringMatching(/^no Docker answers .*Rehearse with stand-ins/)]);
  });

  it.each([
    { CHATOPS_MONGOD: '/etc/passwd' },
    { CHATOPS_NGINX: '/nowhere' },
    { CHATOPS_SPEED: 'fast' },
    { CHATOPS_FAULTS: '[[' },
  ])('refuses what it cannot play with as it is chosen, before anything is said or written: %j', async (bad) => {
    const [variable = ''] = Object.keys(bad);
    await expect(choose({ engine: 'embedded', env: { ...NOWHERE, ...bad } })).rejects.toMatchObject({
      code: 'USAGE',
      what: expect.stringContaining(variable),
    });
  });

  it('is none where something listens that does not answer: Docker is there, and no stand-in takes its place', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'chatops-silent-')), 'docker.sock');
    const silent = createServer(() => undefined).listen(path);
    await once(silent, 'listening');
    const error = await choose({ env: { DOCKER_HOST: `unix://${path}` } }).catch((thrown: unknown) => thrown);
    silent.close();
    expect(error).toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      why: expect.stringContaining('no answer within 2 s'),
      next: expect.stringContaining('docker version'),
    });
  });

  describe('of a stack that was run on containers before', () => {
    const dir = (text: string): string => {
      const made = mkdtempSync(join(tmpdir(), 'chatops-begun-'));
      mkdirSync(join(made, '.chatops'));
      writeFileSync(join(made, '.chatops/engine'), text);
      return made;
    };

    it('is none while Docker does not answer, and says why no rehearsal takes its place', async () => {
      await expect(choose({ dir: dir('docker\n') })).rejects.toMatchObject({
        code: 'ENGINE_UNAVAILABLE',
        why: expect.stringMatching(/no Docker socket.*; this stack was last run on the engine docker/),
        next: expect.stringContaining('systemctl start docker'),
      });
    });

    it('is not even asked for', async () => {
      const ask = async () => expect.unreachable('was asked');
      await expect(choose({ dir: dir('docker\n'), askYesNo: ask })).rejects.toMatchObject({
        code: 'ENGINE_UNAVAILABLE',
      });
    });

    it.each(['', 'x'.repeat(1_000), 'another\n'])('is chosen as ever where that is not said (%j)', async (text) => {
      expect((await choose({ dir: dir(text) })).kind).toBe('embedded');
    });

    it('is the one that was asked for', async () => {
      expect((await choose({ dir: dir('docker\n'), engine: 'embedded' })).kind).toBe('embedded');
    });
  });

  it('is none when the user wants no rehearsal: then it is said how to get Docker', async () => {
    await expect(choose({ askYesNo: async () => false })).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      next: expect.stringContaining('docs.docker.com/engine/install'),
    });
  });
});

describe('the headline of a report', () => {
  it('of stand-ins says that nothing is real', async () => {
    expect(headline(await choose({ engine: 'embedded' }))).toBe('Rehearsal: stand-ins, no real GitLab or chat');
  });

  it('of containers says that it is no rehearsal', () => {
    expect(headline({ kind: 'docker', can: { endsWithUs: false, network: true } })).toMatch(
      /^No rehearsal: the engine docker/,
    );
  });
});
