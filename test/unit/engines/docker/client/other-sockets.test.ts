import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pingDocker } from '../../../../../src/engines/docker/client/docker-ping.ts';
import { otherSocket } from '../../../../../src/engines/docker/client/other-sockets.ts';
import { leftOut } from '../../../../helpers/available.ts';

/** Of this machine: it comes before all that a test can make. */
const hasPodman = existsSync('/run/podman/podman.sock');

describe('a socket where Docker does not look', () => {
  let home: string;
  let env: Readonly<Record<string, string>>;
  const servers: Server[] = [];
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'home-'));
    env = { HOME: home, XDG_RUNTIME_DIR: join(home, 'run') };
  });
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  const listenAt = async (path: string): Promise<string> => {
    const whole = join(home, path);
    mkdirSync(dirname(whole), { recursive: true });
    const server = createServer((socket) => socket.end()).listen(whole);
    servers.push(server);
    await once(server, 'listening');
    return whole;
  };

  if (hasPodman) leftOut('sockets that Docker does not look for', 'Podman runs here');
  else {
    it.each([
      ['run/podman/podman.sock', 'Podman'],
      ['run/docker.sock', 'Docker (rootless)'],
      ['.docker/desktop/docker.sock', 'Docker Desktop'],
      ['.docker/run/docker.sock', 'Docker Desktop'],
      ['.colima/default/docker.sock', 'Colima'],
      ['.orbstack/run/docker.sock', 'OrbStack'],
      ['.rd/docker.sock', 'Rancher Desktop'],
      ['.local/share/containers/podman/machine/podman.sock', 'Podman'],
    ])('%s is found as that of %s', async (path, called) => {
      const whole = await listenAt(path);
      expect(otherSocket(env)).toEqual({ called, path: whole });
    });

    it('is none where a file stands there', () => {
      mkdirSync(join(home, '.rd'));
      writeFileSync(join(home, '.rd/docker.sock'), '');
      expect(otherSocket(env)).toBeUndefined();
    });

    it('is none where there is nothing', () => {
      expect(otherSocket(env)).toBeUndefined();
    });
  }

  it('is named with what makes it the one that is asked', async () => {
    const path = await listenAt('run/podman/podman.sock');
    expect(await pingDocker(env, `unix://${home}/none.sock`)).toEqual({
      answers: false,
      why: 'no Docker socket on this machine, and that of Podman is not asked unless it is named',
      next: expect.stringMatching(/^`export DOCKER_HOST=unix:\/\/\S+\.sock` names it, then run the command again$/),
    });
    expect(await pingDocker({ ...env, DOCKER_HOST: `unix://${path}` }, `unix://${home}/none.sock`)).toMatchObject({
      why: expect.not.stringContaining('is not asked'),
    });
  });

  it('is not spoken of where DOCKER_HOST says which engine is meant', async () => {
    await listenAt('run/podman/podman.sock');
    expect(await pingDocker({ ...env, DOCKER_HOST: 'unix:///nowhere/docker.sock' })).toEqual({
      answers: false,
      why: 'no Docker socket on this machine',
    });
  });
});
