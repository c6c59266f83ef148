import { describe, expect, it } from 'vitest';
import { kernelFor } from '../../../../src/parts/mongodb/kernel.ts';

describe('the kernels that an image of MongoDB does not run on', () => {
  it.each(['mongo:8.0', 'mongo:8', 'mongo', 'mongo:latest', 'docker.io/library/mongo:8.2.1', 'mongo@sha256:00'])(
    'are Linux 6.19.0 to 7.0.13 for %s',
    (image) => {
      expect(kernelFor(image).kernel).toMatchObject({ from: '6.19.0', before: '7.0.14' });
    },
  );

  it.each(['mongo:8.0.28', 'mongo:8.0.30', 'mongo:8.3.9'])('are all from 6.19.0 on for %s', (image) => {
    expect(kernelFor(image).kernel).toMatchObject({ from: '6.19.0' });
    expect(kernelFor(image).kernel).not.toHaveProperty('before');
  });

  it.each([
    'mongo:7.0',
    'mongodb/mongodb-community-server:7.0.43-ubi9',
    'percona/percona-server-mongodb:8.0',
    'ours/mongo:8.0',
  ])('are not known for %s', (image) => {
    expect(kernelFor(image)).toEqual({});
  });
});
