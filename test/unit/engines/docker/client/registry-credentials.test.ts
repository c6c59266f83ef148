import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { credentialsFor, registryOf } from '../../../../../src/engines/docker/client/registry-credentials.ts';

const aConfig = (config: unknown): string => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-docker-'));
  writeFileSync(join(dir, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return dir;
};

const known = (reference: string, config: unknown) => credentialsFor(reference, { DOCKER_CONFIG: aConfig(config) });
const auth = Buffer.from('alice:pass:word').toString('base64');

describe('the registry of an image', () => {
  it.each([
    ['nginx:1.28', 'https://index.docker.io/v1/'],
    ['gitlab/gitlab-ce:19.3.0-ce.0', 'https://index.docker.io/v1/'],
    ['docker.io/library/nginx', 'https://index.docker.io/v1/'],
    ['registry.example.org/team/nginx:1', 'registry.example.org'],
    ['localhost:5000/nginx:1', 'localhost:5000'],
  ])('of %s is %s', (reference, registry) => {
    expect(registryOf(reference)).toBe(registry);
  });
});

describe('what `docker login` left', () => {
  it('is used for its own registry alone', async () => {
    const config = { auths: { 'registry.example.org': { auth } } };
    expect(await known('registry.example.org/x:1', config)).toEqual({
      username: 'alice',
      password: 'pass:word',
      serveraddress: 'registry.example.org',
    });
    expect(await known('other.example.org/x:1', config)).toBeUndefined();
    expect(await known('nginx:1', config)).toBeUndefined();
  });

  it.each([
    ['no file', undefined],
    ['no JSON', '{'],
    ['nothing of ours', {}],
  ])('is nothing where there is %s', async (_, config) => {
    const env = config === undefined ? { DOCKER_CONFIG: '/nonexistent' } : { DOCKER_CONFIG: aConfig(config) };
    expect(await credentialsFor('nginx:1', env)).toBeUndefined();
  });

  it('is asked of the helper that the registry has', async () => {
    const bin = mkdtempSync(join(tmpdir(), 'chatops-bin-'));
    const helper = join(bin, 'docker-credential-test');
    writeFileSync(helper, '#!/bin/sh\nread host\necho "{\\"Username\\":\\"bob\\",\\"Secret\\":\\"for $host\\"}"\n');
    chmodSync(helper, 0o755);
    const path = process.env.PATH ?? '';
    process.env.PATH = `${bin}:${path}`;
    try {
      expect(await known('registry.example.org/x:1', { credHelpers: { 'registry.example.org': 'test' } })).toEqual({
        username: 'bob',
        password: 'for registry.example.org',
        serveraddress: 'registry.example.org',
      });
    } finally {
      process.env.PATH = path;
    }
  });

  it('is nothing when its helper is not installed', async () => {
    expect(await known('nginx:1', { credsStore: 'not-installed-here' })).toBeUndefined();
  });
});
