import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dockerEndpoint } from '../../../../../src/engines/docker/client/docker-endpoint.ts';

/** A folder as `docker context create` and `docker context use` leave it. */
const aDockerFolder = (contexts: Readonly<Record<string, unknown>>, current?: string): string => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-docker-'));
  if (current !== undefined) writeFileSync(join(dir, 'config.json'), JSON.stringify({ currentContext: current }));
  for (const [name, docker] of Object.entries(contexts)) {
    const meta = join(dir, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));
    mkdirSync(meta, { recursive: true });
    writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }));
  }
  return dir;
};

const NOWHERE = { DOCKER_CONFIG: aDockerFolder({}) };
const CONTEXTS = { far: { Host: 'tcp://far.example.org:2375' }, near: { Host: 'unix:///run/near.sock' } };

describe('the engine that is spoken to', () => {
  it('is the socket of this machine where nothing else is said', () => {
    expect(dockerEndpoint(NOWHERE)).toMatchObject({ options: { socketPath: '/var/run/docker.sock' }, local: true });
    expect(dockerEndpoint({ DOCKER_CONFIG: aDockerFolder({}, 'default') }).local).toBe(true);
  });

  it.each([
    ['unix:///run/user/1000/docker.sock', { socketPath: '/run/user/1000/docker.sock' }, true],
    ['tcp://10.0.0.2:2375', { protocol: 'http', host: '10.0.0.2', port: '2375' }, false],
    ['tcp://10.0.0.2', { protocol: 'http', host: '10.0.0.2', port: '2375' }, false],
    ['10.0.0.2:4000', { protocol: 'http', host: '10.0.0.2', port: '4000' }, false],
  ])('is what DOCKER_HOST says: %s', (host, options, local) => {
    expect(dockerEndpoint({ ...NOWHERE, DOCKER_HOST: host })).toMatchObject({ options, local, from: 'DOCKER_HOST' });
  });

  it('is spoken to in the clear over TCP without TLS, unless that ends on this machine', () => {
    const clear = (DOCKER_HOST: string, more = {}) => dockerEndpoint({ ...NOWHERE, DOCKER_HOST, ...more }).clear;
    expect(['tcp://10.0.0.2', 'tcp://far.example.org:2375', 'http://10.0.0.2'].map((host) => clear(host))).toEqual([
      true,
      true,
      true,
    ]);
    expect(
      ['tcp://127.0.0.1:2375', 'tcp://localhost:1', 'tcp://[::1]:1', 'unix:///x', 'https://10.0.0.2'].map((host) =>
        clear(host),
      ),
    ).toEqual([false, false, false, false, false]);
    expect(clear('tcp://10.0.0.2:2376', { DOCKER_TLS_VERIFY: '1' })).toBe(false);
  });

  it('is what DOCKER_HOST says before any context', () => {
    const env = {
      DOCKER_CONFIG: aDockerFolder(CONTEXTS, 'near'),
      DOCKER_HOST: 'unix:///run/x.sock',
      DOCKER_CONTEXT: 'far',
    };
    expect(dockerEndpoint(env).options).toEqual({ socketPath: '/run/x.sock' });
  });

  it('is that of the current context, unless DOCKER_CONTEXT names another', () => {
    const DOCKER_CONFIG = aDockerFolder(CONTEXTS, 'near');
    expect(dockerEndpoint({ DOCKER_CONFIG }).options).toEqual({ socketPath: '/run/near.sock' });
    expect(dockerEndpoint({ DOCKER_CONFIG, DOCKER_CONTEXT: 'far' })).toMatchObject({
      host: 'far.example.org',
      local: false,
      from: 'the Docker context far',
    });
    expect(dockerEndpoint({ DOCKER_CONFIG, DOCKER_CONTEXT: 'default' }).from).toBe('the socket of this machine');
  });

  it('is reached by SSH with the key of an agent', () => {
    const env = { ...NOWHERE, DOCKER_HOST: 'ssh://ops@far.example.org', SSH_AUTH_SOCK: '/run/agent' };
    expect(dockerEndpoint(env).options).toMatchObject({
      protocol: 'ssh',
      host: 'far.example.org',
      username: 'ops',
      sshOptions: { agent: '/run/agent' },
    });
  });

  it('is encrypted with the certificates of DOCKER_CERT_PATH', () => {
    const DOCKER_CERT_PATH = mkdtempSync(join(tmpdir(), 'chatops-certs-'));
    for (const name of ['ca', 'cert', 'key']) writeFileSync(join(DOCKER_CERT_PATH, `${name}.pem`), name);
    const env = { ...NOWHERE, DOCKER_HOST: 'tcp://far:2376', DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH };
    expect(dockerEndpoint(env).options).toMatchObject({ protocol: 'https', ca: 'ca', cert: 'cert', key: 'key' });
  });

  it.each([
    [
      'a context that is not there',
      { DOCKER_CONTEXT: 'gone' },
      /the Docker context gone cannot be used: there is no such/,
    ],
    ['an address of another kind', { DOCKER_HOST: 'ftp://far' }, /DOCKER_HOST names no engine/],
    ['SSH without an agent', { DOCKER_HOST: 'ssh://far' }, /SSH_AUTH_SOCK is not set/],
  ])('is refused with a remedy: %s', (_, env, message) => {
    expect(() => dockerEndpoint({ ...NOWHERE, ...env })).toThrow(message);
  });
});
