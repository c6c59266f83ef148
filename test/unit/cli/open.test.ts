import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../src/cli/commands/open.ts';

const addresses = [
  { label: 'chat', title: 'Rocket.Chat', url: 'http://chat.example' },
  { label: 'www', title: 'Start page', url: 'http://www.example' },
];

describe('an address to open', () => {
  it.each([
    ['chat', 'http://chat.example'],
    ['Rocket.Chat', 'http://chat.example'],
    ['rocketchat', 'http://chat.example'],
    ['www', 'http://www.example'],
  ])('is found by its label or the name of its product: %s', (what, url) => {
    expect(addressOf({ addresses }, what)).toBe(url);
  });

  it('that is none is refused with the nearest, or with all there are', () => {
    expect(() => addressOf({ addresses }, 'rocktchat')).toThrow(
      expect.objectContaining({ code: 'USAGE', next: 'did you mean rocketchat?' }),
    );
    expect(() => addressOf({ addresses }, 'wiki')).toThrow(
      expect.objectContaining({ why: 'it has chat (Rocket.Chat), www (Start page)', next: 'name one of these' }),
    );
  });
});
