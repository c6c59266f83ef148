import { describe, expect, it } from 'vitest';
import { compareVersions, imageVersion, parseImageReference } from '../../../src/config/image-reference.ts';

describe('image references', () => {
  it.each([
    ['nginx', 'nginx', undefined],
    ['nginx:1.28', 'nginx', '1.28'],
    ['gitlab/gitlab-ce:19.3.0-ce.0', 'gitlab/gitlab-ce', '19.3.0-ce.0'],
    ['localhost:5000/a/b:1', 'a/b', '1'],
    ['localhost/a/b', 'a/b', undefined],
    ['registry.example.org/a', 'a', undefined],
  ])('%s is taken apart', (reference, repository, tag) => {
    expect(parseImageReference(reference)).toMatchObject({ repository, tag });
  });

  it('keep their digest', () => {
    expect(parseImageReference('a:1@sha256:ff')).toEqual({ repository: 'a', tag: '1', digest: 'sha256:ff' });
  });

  it.each([
    ['mongo:8.0', { major: 8, minor: 0 }],
    ['mongo:8.0.29-noble', { major: 8, minor: 0 }],
    ['gitlab/gitlab-runner:alpine-v19.3.0', { major: 19, minor: 3 }],
    ['rocket.chat:8.10', { major: 8, minor: 10 }],
    ['mongo:8', undefined],
    ['mongo', undefined],
    ['mongo:latest', undefined],
  ])('of %s say the version', (reference, version) => {
    expect(imageVersion(reference)).toEqual(version);
  });

  it('compare by major, then minor', () => {
    const v = (major: number, minor: number) => ({ major, minor });
    expect([
      compareVersions(v(8, 10), v(8, 9)),
      compareVersions(v(7, 9), v(8, 0)),
      compareVersions(v(8, 0), v(8, 0)),
    ]).toEqual([1, -1, 0]);
  });
});
