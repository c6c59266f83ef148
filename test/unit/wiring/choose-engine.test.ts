import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describe as describeStack } from '../../../operations.ts';
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

  it('is the embedded one where no Docker answers and nobody can be asked, and the report says why', async () => {
    expect(await choose({})).toMatchObject({ kind: 'embedded', why: expect.stringContaining('no Docker answers') });
  });

  it('is the embedded one when the user who was asked wants a rehearsal', async () => {
    const asked: string[] = [];
    const engine = await choose({ askYesNo: async (question) => asked.push(question) > 0 });
    expect(engine.kind).toBe('embedded');
    expect(asked).toEqual([expect.stringMatching(/^no Docker answers .*Rehearse with stand-ins/)]);
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
