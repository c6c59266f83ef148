import { describe, expect, it } from 'vitest';
import { formatPath, parsePath, valueAt } from '../../../src/config/path.ts';

describe('paths', () => {
  it.each([
    ['name', ['name']],
    ['chat.rooms[1].members[0]', ['chat', 'rooms', 1, 'members', 0]],
    ['images.gitlab-runner', ['images', 'gitlab-runner']],
    ['a["b.c"][0]', ['a', 'b.c', 0]],
    ['[0]', [0]],
  ])('%s is read and written', (text, path) => {
    expect(parsePath(text)).toEqual(path);
    expect(formatPath(path)).toBe(text);
  });

  it.each(['', '.a', 'a..b', 'a.', 'a[', 'a[x]', 'a b', 'a[0]b', 'a["\\q"]'])('%j is no path', (text) => {
    expect(parsePath(text)).toBeUndefined();
  });

  it('find own values only', () => {
    expect(valueAt({ a: [{ b: 1 }] }, ['a', 0, 'b'])).toBe(1);
    expect(valueAt({ a: 1 }, ['a', 'b'])).toBeUndefined();
    expect(valueAt({}, ['constructor'])).toBeUndefined();
  });
});
