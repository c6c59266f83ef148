import { describe, expect, it } from 'vitest';
import { neededEdges } from '../../../src/stack/edges.ts';
import type { Stack } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aStack } from '../../builders/stack.ts';

const ways = ({ nodes }: Stack): readonly string[] =>
  neededEdges({ nodes, probes: PROBE_KINDS }).map(({ from, to }) => `${from} → ${to.service}:${to.port}`);

const waysOf = (source: string, stack: Stack = aStack()): readonly string[] =>
  ways(stack)
    .filter((way) => way.startsWith(`${source} → `))
    .toSorted();

describe('who has to reach whom', () => {
  it('is whom a service works with, and what its HEALTHCHECK asks', () => {
    expect(waysOf('rocketchat')).toEqual(['rocketchat → mongo:27017', 'rocketchat → rocketchat:3000']);
    expect(waysOf('bot')).toEqual(['bot → bot:9098', 'bot → rocketchat:3000']);
    expect(waysOf('gitlab-runner')).toEqual([
      'gitlab-runner → git.chatops.internal:8080',
      'gitlab-runner → gitlab-runner:9252',
      'gitlab-runner → gitlab:80',
    ]);
  });

  it('includes the back ends of the front door', () => {
    expect(waysOf('nginx')).toEqual(['nginx → gitlab:80', 'nginx → nginx:8080', 'nginx → rocketchat:3000']);
  });

  it('includes the chat for a GitLab of ours, whose hooks call it', () => {
    expect(waysOf('gitlab')).toEqual(['gitlab → gitlab:80', 'gitlab → rocketchat:3000']);
  });

  it('includes every other member for a member of a replica set, and all of them for who uses the set', () => {
    const stack = aStack({ mongo: { members: 3 } });
    expect(waysOf('mongo-1', stack)).toEqual([
      'mongo-1 → mongo-1:27017',
      'mongo-1 → mongo-2:27017',
      'mongo-1 → mongo:27017',
    ]);
    expect(waysOf('rocketchat', stack)).toContain('rocketchat → mongo-2:27017');
  });

  it('includes every service for the prober, and the public name that jobs go to', () => {
    expect(waysOf('prober')).toEqual([
      'prober → bot:9098',
      'prober → chat.chatops.localhost:8080',
      'prober → gitlab-runner:9252',
      'prober → gitlab:80',
      'prober → mongo:27017',
      'prober → nginx:8080',
      'prober → rocketchat:3000',
    ]);
  });

  it('is for a job whom it names, and the public address that it goes through', () => {
    expect(waysOf('mongo-replica-set')).toEqual(['mongo-replica-set → mongo:27017']);
    expect(waysOf('conversation')).toEqual(['conversation → chat.chatops.localhost:8080']);
    expect(waysOf('announcement')).toEqual([
      'announcement → chat.chatops.localhost:8080',
      'announcement → gitlab:80',
      'announcement → rocketchat:3000',
    ]);
  });

  it('is the front door alone for a runner that runs untrusted code in its own container', () => {
    const stack = aStack({ runner: { executor: 'shell' } });
    expect(waysOf('gitlab-runner', stack)).toEqual([
      'gitlab-runner → git.chatops.internal:8080',
      'gitlab-runner → gitlab-runner:9252',
    ]);
  });

  it('leaves out servers that are not in the network', () => {
    const stack = aStack({ gitlab: { kind: 'external', url: 'https://git.example.org' } });
    expect(ways(stack).filter((way) => way.includes('gitlab:'))).toEqual([]);
  });

  it('names every way once, with its reason', () => {
    const edges = neededEdges({ nodes: aStack().nodes, probes: PROBE_KINDS });
    expect(new Set(edges.map(({ from, to }) => `${from} ${to.service}:${to.port}`)).size).toBe(edges.length);
    expect(edges.find(({ from }) => from === 'rocketchat')?.because).toBe(
      'it works with what mongo-replica-set has set up',
    );
  });
});
