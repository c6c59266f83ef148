/** What the docker engine refuses of parts that are not ours. */
import { describe, expect, it } from 'vitest';
import { describe as describeStack } from '../../../operations.ts';
import type { Part } from '../../../src/contracts/part.ts';
import { httpKind } from '../../../src/probes/http-kind.ts';
import { ENGINES } from '../../../src/wiring/engines.ts';
import type { Invocation } from '../../../src/wiring/invocation.ts';
import { notInside } from '../../../src/wiring/not-inside.ts';
import { known, nowhere } from '../../builders/outlet.ts';
import { house } from '../../helpers/pieces.ts';

const desiredWith = (part: Part) =>
  describeStack('gitlab: none\n', 'chatops.yaml', { ...house, parts: [...house.parts, part] });

const setup: Part = {
  name: 'wiki',
  jobs: async () => ({}),
  contribute: () => ({
    nodes: [{ kind: 'job', name: 'wiki-setup', gates: [], job: { job: 'wiki-setup' }, withinMs: 60_000 }],
  }),
};

const invocation: Invocation = {
  dir: '/nowhere',
  json: false,
  yes: false,
  engine: 'docker',
  set: [],
  env: {},
  interactive: false,
  out: nowhere,
  err: nowhere,
  known: known(),
  signal: new AbortController().signal,
};

describe('containers', () => {
  it('can do everything of our own parts', () => {
    expect(notInside(describeStack('{}\n', 'chatops.yaml', house))).toEqual([]);
  });

  it('cannot run the jobs and probes that a part of others brings', () => {
    expect(notInside(desiredWith(setup))).toEqual(['job wiki-setup']);
    expect(notInside(desiredWith({ name: 'wiki', probes: [{ ...httpKind, what: 'wiki' }] }))).toEqual(['probe wiki']);
    const spoken = { name: 'wiki', chat: () => expect.unreachable() };
    expect(notInside(desiredWith({ name: 'wiki', spoken }))).toEqual(['chat wiki']);
  });

  it('can do everything of a part whose code is carried to them', () => {
    const desired = desiredWith({ ...setup, probes: [{ ...httpKind, what: 'wiki' }] });
    const carried = { parts: ['wiki'], entries: [], modules: {}, kinds: [], jobs: [], chats: [] };
    expect(notInside({ ...desired, house: { ...desired.house, carried } })).toEqual([]);
  });

  it('are refused with the file that cannot be carried, and why', async () => {
    const desired = desiredWith(setup);
    const docker = ENGINES.find(({ name }) => name === 'docker');
    const notCarried = 'wiki.cjs: it is a CommonJS module';
    const fit = await docker?.fits(invocation, { ...desired, house: { ...desired.house, notCarried } });
    expect(fit).toMatchObject({
      error: { why: expect.stringMatching(/job wiki-setup.*: wiki\.cjs: it is a CommonJS/) },
    });
  });

  it('can do what else it brings', () => {
    expect(notInside(desiredWith({ name: 'wiki', timed: ['wiki'] }))).toEqual([]);
  });

  it('are refused for such a stack before Docker is asked, with the word for what they lack', async () => {
    const docker = ENGINES.find(({ name }) => name === 'docker');
    const fit = await docker?.fits(invocation, desiredWith(setup));
    expect(fit).toMatchObject({ fits: false, why: expect.stringContaining('job wiki-setup') });
    expect(fit).toMatchObject({
      error: { code: 'ENGINE_UNAVAILABLE', next: expect.stringContaining('--engine embedded') },
    });
  });
});
