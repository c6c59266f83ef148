import { describe, expect, it } from 'vitest';
import type { Part } from '../../../src/contracts/part.ts';
import { buildStack } from '../../../src/stack/build-stack.ts';
import { announcedProject, announcedRooms, offersOf, receiverOf } from '../../../src/stack/offers.ts';
import { aConfig } from '../../builders/config.ts';
import { aService } from '../../builders/nodes.ts';
import { aStack } from '../../builders/stack.ts';
import { house } from '../../helpers/pieces.ts';

const events = ['push'] as const;
const announce = [
  { source: { kind: 'group', path: 'ops' }, room: 'ci', events },
  { source: { kind: 'project', path: 'ops/app' }, room: 'ops', events },
  { source: { kind: 'project', path: 'ops/web' }, room: 'ci', events },
] as const;

const relayAt = (hookPrefix: string): Part => ({ name: 'relay', offers: () => ({ relay: { hookPrefix } }) });

describe('what parts offer', () => {
  it('is at hand in a part that comes before the one that offers it', () => {
    const early: Part = {
      name: 'early',
      contribute: (_, { relay }) => ({ nodes: relay ? [aService(`for ${relay.hookPrefix}`)] : [] }),
    };
    const { nodes } = buildStack(aConfig(), { ...house, parts: [early, relayAt('late')] });
    expect(nodes.map(({ name }) => name)).toEqual(['for late']);
  });

  it('is what the later of two parts offers that fill one role', () => {
    const parts = [relayAt('first'), { name: 'idle' }, relayAt('second')];
    expect(offersOf(aConfig(), parts)).toEqual({ relay: { hookPrefix: 'second' } });
  });
});

describe('what a stack announces', () => {
  const stack = aStack({ gitlab: { kind: 'bundled', announce } });

  it('is announced in rooms, each once, in the order of chatops.yaml', () => {
    expect(announcedRooms(stack)).toEqual(['ci', 'ops']);
  });

  it('is played for the first project', () => {
    expect(announcedProject(stack)).toBe('ops/app');
  });

  it('arrives at the receiver, and is read by the bot at the public address', () => {
    expect(receiverOf(stack)).toMatchObject({
      publicUrl: stack.publicUrls.chat,
      ref: { name: 'chatops-up:chatops gitlab', secret: 'CHATOPS_HOOK_SECRET' },
      bot: { username: 'hubot' },
    });
  });
});

describe.each([
  ['without a forge', aStack({ gitlab: { kind: 'none', announce: [] } })],
  ['without announcements', aStack({ gitlab: { kind: 'external', url: 'https://git.example.org', announce: [] } })],
])('a stack %s', (_, stack) => {
  it('has no receiver, no rooms and no project', () => {
    expect([receiverOf(stack), announcedRooms(stack), announcedProject(stack)]).toEqual([undefined, [], undefined]);
  });
});
