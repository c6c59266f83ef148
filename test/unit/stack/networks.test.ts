import { describe, expect, it } from 'vitest';
import { mayReach, networksOf, networksWith } from '../../../src/stack/networks.ts';
import type { NetworkSpec, Stack } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aJob, aService } from '../../builders/nodes.ts';
import { aStack } from '../../builders/stack.ts';

const membersOf = ({
  networks,
}: {
  readonly networks: readonly NetworkSpec[];
}): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(networks.map(({ purpose, members }) => [purpose, members.toSorted()]));

const withRunner = (executor: 'docker' | 'shell', rest: Parameters<typeof aStack>[0] = {}): Stack =>
  aStack({ ...rest, runner: { executor } });

describe('the networks of the default stack', () => {
  const stack = aStack();

  it('are by need: what nothing has to reach is not in one', () => {
    expect(membersOf(stack)).toEqual({
      data: ['mongo', 'mongo-replica-set', 'prober', 'rocketchat'],
      back: [
        ...['announcement', 'bot', 'gitlab', 'gitlab-runner', 'gitlab-setup', 'prober', 'rocketchat'],
        ...['rocketchat-setup', 'runner-registration'],
      ],
      front: ['announcement', 'conversation', 'gitlab', 'gitlab-runner', 'nginx', 'prober', 'rocketchat'],
      ci: ['nginx'],
    });
  });

  it('bear the name of the stack', () => {
    expect(aStack({ name: 'team' }).networks.map(({ name }) => name)).toEqual([
      ...['team_data', 'team_back', 'team_front', 'team_ci'],
    ]);
  });

  it('lead out but for the one with the data', () => {
    expect(stack.networks.filter(({ internal }) => internal).map(({ purpose }) => purpose)).toEqual(['data']);
  });

  it('let jobs of pipelines join one that has the front door and nothing else', () => {
    const joined = stack.networks.filter(({ strangers }) => strangers);
    expect(joined.map(({ members }) => members)).toEqual([['nginx']]);
  });

  it('let two reach each other that share one, and no others', () => {
    expect(mayReach(stack.networks, 'rocketchat', 'mongo')).toBe(true);
    expect(mayReach(stack.networks, 'mongo', 'mongo')).toBe(true);
    for (const other of ['gitlab', 'gitlab-runner', 'bot', 'nginx', 'rocketchat-setup', 'conversation']) {
      expect(mayReach(stack.networks, other, 'mongo')).toBe(false);
    }
    expect(mayReach(stack.networks, 'nginx', 'bot')).toBe(false);
  });
});

describe('the networks of other stacks', () => {
  it('keep a runner with untrusted code in its container away from all but the front door and the prober', () => {
    const stack = withRunner('shell');
    expect(membersOf(stack).ci).toEqual(['gitlab-runner', 'nginx', 'prober']);
    expect(networksWith(stack.networks, 'gitlab-runner').map(({ purpose }) => purpose)).toEqual(['ci']);
    expect(stack.networks.filter(({ strangers }) => strangers)).toEqual([]);
  });

  it('have none for jobs of an existing GitLab, which join none of ours', () => {
    const stack = withRunner('docker', { gitlab: { kind: 'external', url: 'https://git.example.org' } });
    expect(Object.keys(membersOf(stack))).toEqual(['data', 'back', 'front']);
  });

  it('have none for data that is kept elsewhere', () => {
    expect(Object.keys(membersOf(aStack({ chat: { url: 'https://chat.example.org' } })))).not.toContain('data');
  });

  it('hold all members of a replica set, and what works with them', () => {
    expect(membersOf(aStack({ mongo: { members: 3 } })).data).toEqual([
      ...['mongo', 'mongo-1', 'mongo-2', 'mongo-replica-set', 'prober', 'rocketchat'],
    ]);
  });

  it('have every node of a graph somewhere, also one that nothing has to reach', () => {
    const nodes = [aService('alone'), aJob('idle')];
    expect(membersOf({ networks: networksOf({ name: 'demo', nodes }, PROBE_KINDS) })).toEqual({
      back: ['alone', 'idle'],
    });
  });
});
