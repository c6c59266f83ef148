/** An answer is judged at its question, in the words that the whole file is judged with. */
import { describe, expect, it } from 'vitest';
import { sampleConfig } from '../../../src/config/sample.ts';
import { refusedByRules } from '../../../src/wiring/judge-answer.ts';
import { ownAdditions } from '../../../src/wiring/own-house.ts';

const additions = ownAdditions();
const refused = (key: string, answer: string): string | undefined =>
  refusedByRules(sampleConfig(additions), key, answer, additions);

describe('an answer', () => {
  it.each([
    ['name', 'works'],
    ['domain', 'chat.example.org'],
    ['ports.http', '8081'],
    ['admin.email', 'ada@example.org'],
  ])('for %s that will do is not refused: %s', (key, answer) => {
    expect(refused(key, answer)).toBeUndefined();
  });

  it.each([
    ['name', 'Bad Name!!', /^must be up to 40 of a-z.*; write `bad-name`$/],
    ['domain', 'http://chat.example.org', /^must be a host name in lower case.*; write `chat\.example\.org`$/],
    ['ports.http', 'abc', /number/],
    ['ports.http', '70000', /65535/],
    ['admin.email', 'notanemail', /mail/],
  ])('for %s is refused with what the file is refused with: %s', (key, answer, says) => {
    expect(refused(key, answer)).toMatch(says);
  });

  it('is refused where it clashes with another key', () => {
    expect(refused('ports.http', '2222')).toMatch(/^ports\.ssh: port 2222 is ports\.http already/);
  });

  it('is not refused for what another key has wrong already', () => {
    const text = 'name: Not A Name\n';
    expect(refusedByRules(text, 'domain', 'chat.example.org', additions)).toBeUndefined();
    expect(refusedByRules(text, 'name', 'Still Not', additions)).toBeDefined();
  });
});
