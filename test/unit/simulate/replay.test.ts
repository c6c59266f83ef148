import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChanges } from '../../../src/simulate/line-changes.ts';
import { compareMessages, replayText } from '../../../src/simulate/replay.ts';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 8 });
const textOf = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

describe('the lines that changed', () => {
  it('give both texts back, and keep what both have in common', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changes = lineChanges(textOf(before), textOf(after));
        const without = (kind: string) => changes.filter((each) => each.kind !== kind).map(({ line }) => line);
        expect(without('added')).toEqual(before);
        expect(without('removed')).toEqual(after);
      }),
    );
  });

  it('are none between equal texts', () => {
    expect(lineChanges('a\nb\n', 'a\nb\n').map(({ kind }) => kind)).toEqual(['kept', 'kept']);
  });
});

describe('messages against those accepted before', () => {
  const accepted = new Map([
    ['push', 'one\ntwo\n'],
    ['tag', 'old\n'],
    ['gone', 'x\n'],
  ]);
  const compared = compareMessages(
    [
      { name: 'push', text: 'one\ntwo\n' },
      { name: 'tag', text: 'new\n' },
      { name: 'issue', text: 'y\n' },
    ],
    accepted,
  );

  it('are the same, differ, are new, or are played no more', () => {
    expect(compared.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'push same',
      'tag differs',
      'issue new',
      'gone gone',
    ]);
  });

  it('are shown line by line where they are not the same', () => {
    expect(replayText(compared, 'accept them')).toBe(
      'tag: differs\n  - old\n  + new\n\nissue: new\n  + y\n\ngone: gone\n  - x\n\n1 of 4 messages are as they were accepted; accept them\n',
    );
    expect(replayText(compared.slice(0, 1), 'accept them')).toBe('1 of 1 messages are as they were accepted\n');
  });
});
