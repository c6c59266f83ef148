/** Code of parts that are not ours, in what is rendered: one file, mounted where it is run and nowhere else. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { describe as describeStack } from '../../../operations.ts';
import { parseCarried } from '../../../src/contracts/carried-modules.ts';
import type { House } from '../../../src/contracts/house.ts';
import type { Part } from '../../../src/contracts/part.ts';
import { httpKind } from '../../../src/probes/http-kind.ts';
import type { ProbeSpec, ServiceNode } from '../../../src/stack/stack.ts';
import { probeKindsOf } from '../../../src/wiring/probe-kinds.ts';
import { house } from '../../helpers/pieces.ts';

const TARGET = { kind: 'service', endpoint: { service: 'wiki', port: 80 } } as const;
const OWN: ProbeSpec = { ...httpKind.example, what: 'wiki', target: TARGET };

const wikiWith = (more: Partial<ServiceNode>): Part => ({
  name: 'wiki',
  probes: [{ ...httpKind, what: 'wiki' }],
  contribute: () => ({
    nodes: [
      {
        kind: 'service',
        name: 'wiki',
        role: 'wiki',
        gates: [],
        usable: { what: 'http', target: TARGET, path: '/', status: 200 },
        readyWithinMs: 60_000,
        needs: { memoryGib: 0.1, imageGib: 0.1 },
        container: { image: 'wiki:1', environment: {}, listens: [80], publishes: {}, volumes: [], aliases: [] },
        ...more,
      },
      { kind: 'job', name: 'wiki-setup', gates: [], job: { job: 'wiki-setup' }, withinMs: 60_000 },
    ],
  }),
});

const CARRIED = { entries: ['part:0'], modules: { 'part:0': 'export {};\n' } };

/** Path → text. */
const rendered = (part: Part, carried: House['carried']): ReadonlyMap<string, string> => {
  const parts = [...house.parts, part];
  const all = { ...house, parts, probes: probeKindsOf(parts), ...(carried && { carried }) };
  const { files } = describeStack('gitlab: none\n', 'chatops.yaml', all);
  return new Map(files.map(({ path, text }) => [path, text]));
};

const carriedOf = (code: typeof CARRIED): House['carried'] => ({
  ...code,
  parts: ['wiki'],
  kinds: ['wiki'],
  jobs: ['wiki-setup'],
  chats: ['wiki-talk'],
});

interface Entry {
  readonly volumes?: readonly { readonly target: string }[];
  readonly labels?: unknown;
}

const entries = (files: ReadonlyMap<string, string>): Readonly<Record<string, Entry>> =>
  parse(files.get('compose.yaml') ?? '').services;

const having = (files: ReadonlyMap<string, string>): readonly string[] =>
  Object.entries(entries(files)).flatMap(([name, { volumes = [] }]) =>
    volumes.some(({ target }) => target === '/etc/chatops/parts.json') ? [name] : [],
  );

describe('code that is carried into containers', () => {
  it('is one rendered file, which programs inside read back', () => {
    const text = rendered(wikiWith({}), carriedOf(CARRIED)).get('compose/parts.json') ?? '';
    expect(parseCarried(text)).toEqual(CARRIED);
  });

  it('is no file where there is none', () => {
    expect(rendered(wikiWith({}), undefined).has('compose/parts.json')).toBe(false);
  });

  it('is mounted into the jobs it does and into what asks inside', () => {
    expect(having(rendered(wikiWith({}), carriedOf(CARRIED)))).toEqual(['prober', 'wiki-setup']);
  });

  it.each([
    ['asks its kind', { usable: OWN }],
    ['asks its kind among others', { usable: { what: 'all-of', probes: [OWN] } }],
    ['alone asks its kind', { healthcheck: OWN }],
  ])('is mounted into a service whose HEALTHCHECK %s', (_, more) => {
    expect(having(rendered(wikiWith(more), carriedOf(CARRIED)))).toEqual(['prober', 'wiki', 'wiki-setup']);
  });

  it('is mounted into what talks in a chat of such a part', () => {
    const account = { username: 'x', password: 'WIKI_PASSWORD' };
    const url = 'http://wiki.example';
    const chat = { speaks: 'wiki-talk', target: TARGET, publicUrl: url, ownWay: url, usable: OWN, rooms: [] };
    const part: Part = {
      ...wikiWith({}),
      offers: () => ({ chat: { ...chat, admin: account, bot: account, proofRoom: 'x', setUpBy: 'wiki-setup' } }),
    };
    expect(having(rendered(part, carriedOf(CARRIED))).toSorted()).toEqual([
      'bot',
      'conversation',
      'prober',
      'wiki-setup',
    ]);
  });

  it('replaces the containers that run it when it changes, and no others', () => {
    const labels = (code: typeof CARRIED) =>
      Object.entries(entries(rendered(wikiWith({ usable: OWN }), carriedOf(code)))).map(
        ([name, { labels }]) => [name, JSON.stringify(labels)] as const,
      );
    const changed = new Map(labels({ ...CARRIED, modules: { 'part:0': 'export const x = 1;\n' } }));
    expect(labels(CARRIED).flatMap(([name, label]) => (changed.get(name) === label ? [] : [name]))).toEqual([
      'prober',
      'wiki',
    ]);
  });
});
