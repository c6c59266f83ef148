import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { Secret } from '../../../src/values/secret.ts';

describe('a secret', () => {
  const secret = new Secret('hunter2');

  it.each([
    ['text', `${secret}`],
    ['JSON', JSON.stringify({ secret })],
    ['YAML', stringify({ secret })],
    ['inspection', inspect({ deep: { secret } }, { showHidden: true })],
    ['enumeration', JSON.stringify(Object.entries(secret))],
  ])('does not show itself as %s', (_, shown) => {
    expect(shown).not.toContain('hunter2');
  });

  it('is revealed on demand', () => {
    expect(secret.reveal()).toBe('hunter2');
  });
});
