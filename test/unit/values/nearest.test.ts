import { describe, expect, it } from 'vitest';
import { editDistance, nearest, related } from '../../../src/values/nearest.ts';

describe('edit distance', () => {
  it.each([
    ['', '', 0],
    ['a', '', 1],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['nmae', 'name', 1],
    ['ca', 'abc', 3],
  ])('of %j and %j is %i', (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });
});

describe('the nearest word', () => {
  it.each([
    ['nmae', ['domain', 'name'], 'name'],
    ['Rooms', ['rooms', 'users'], 'rooms'],
    ['read_only', ['readOnly'], 'readOnly'],
    ['name', ['name2', 'name'], 'name'],
    ['xyz', ['name', 'domain'], undefined],
    ['a', ['b'], undefined],
    ['__proto__', ['ports'], undefined],
    ['x'.repeat(100), ['x'.repeat(99)], undefined],
    ['name', ['x'.repeat(99)], undefined],
  ])('of %j in %j is %j', (word, right, wanted) => {
    expect(nearest(word, right)).toBe(wanted);
  });
});

describe('a related word', () => {
  it.each([
    ['runner', ['gitlab', 'gitlab-runner', 'tools'], 'gitlab-runner'],
    ['push_events', ['push', 'tag_push'], 'push'],
    ['tag_push_events', ['push', 'tag_push'], 'tag_push'],
    ['Runner', ['gitlab-runner'], 'gitlab-runner'],
    ['image', ['base.image', 'helper.image'], undefined],
    ['runn', ['gitlab-runner'], undefined],
    ['push', ['push'], undefined],
    ['', ['a-b'], undefined],
  ])('of %j in %j is %j', (word, right, wanted) => {
    expect(related(word, right)).toBe(wanted);
  });
});
