import { describe, expect, it } from 'vitest';
import { checkSecret } from '../../../../src/config/secret-rules.ts';
import { CHAT_PASSWORD } from '../../../../src/parts/rocketchat/secret-kinds.ts';

describe("Rocket.Chat's password policy", () => {
  it.each([
    ['Abcdefghij1.x', 'shorter than the 14'],
    ['abcdefghijkl1.', 'no upper-case letter'],
    ['ABCDEFGHIJKL1.', 'no lower-case letter'],
    ['Abcdefghijklm.', 'no digit'],
    ['Abcdefghijklm1', 'no special character'],
    ['Abcdefghijk_12', 'no special character'],
    ['Abcdefghaaaa1.', 'repeats a character more than 3 times'],
    ['', 'is empty'],
    ['Abcdefghijkl1.\nX', 'line end or control character'],
  ])('%j is refused', (value, why) => {
    expect(checkSecret({ kind: CHAT_PASSWORD }, value)).toContain(why);
  });

  it('accepts three of a kind in a row', () => {
    expect(checkSecret({ kind: CHAT_PASSWORD }, 'Abcdefghaaa1.x')).toBeUndefined();
  });
});
