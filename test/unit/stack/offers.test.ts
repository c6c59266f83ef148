import { describe, expect, it } from 'vitest';
import { announcedProject, announcedRooms, receiverOf } from '../../../src/stack/offers.ts';
import { aStack } from '../../builders/stack.ts';

const events = ['push'] as const;
const announce = [
  { source: { kind: 'group', path: 'ops' }, room: 'ci', events },
  { source: { kind: 'project', path: 'ops/app' }, room: 'ops', events },
  { source: { kind: 'project', path: 'ops/web' }, room: 'ci', events },
] as const;

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
