/** Starting and ending: ledger and faults of the stand-in, the process of the real one. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createFrontDoorStandin } from '@chatops-up/standins/front-door';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { createRealNginx } from '../../../src/parts/front-door/client/real-nginx.ts';
import { freePort } from '../../helpers/free-port.ts';
import { accepts, ask, closeDoor, contextFor, type Made, NGINX, openDoor, PLAYERS } from './doors.ts';

const conf = ({ dir, port }: Made): string => `
pid ${dir}/data/nginx.pid;
events {}
http {
    access_log off;
    client_body_temp_path ${dir}/body;
    proxy_temp_path ${dir}/proxy;
    server { listen 127.0.0.1:${port}; return 200 hello; }
}
`;

describe('the stand-in', () => {
  it('counts every request as traffic, without its query', async () => {
    const door = await openDoor('stand-in', conf);
    await ask(door.port, { path: '/a?token=secret', headers: { Host: 'chat.test' } });
    await ask(door.port, { method: 'POST', path: '/b', headers: { Host: 'chat.test' } });
    expect(door.server.ledger?.entries()).toEqual([
      { kind: 'traffic', what: 'chat.test GET /a' },
      { kind: 'traffic', what: 'chat.test POST /b' },
    ]);
    await closeDoor(door);
  });

  it('has faults on demand', async () => {
    const door = await openDoor('stand-in', conf);
    const { faults } = door.server;
    faults?.add({ match: 'GET /', effect: { kind: 'html', status: 200 } });
    faults?.add({
      match: 'GET /',
      effect: { kind: 'status', status: 503, body: 'busy', headers: { 'Retry-After': '1' } },
    });
    faults?.add({ match: 'GET /', effect: { kind: 'reset' } });
    expect((await ask(door.port, { path: '/' })).headers['content-type']).toBe('text/html');
    expect(await ask(door.port, { path: '/' })).toMatchObject({ status: 503, body: 'busy' });
    await expect(ask(door.port, { path: '/' })).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(await ask(door.port, { path: '/' })).toMatchObject({ status: 200, body: 'hello' });
    await closeDoor(door);
  });

  it('opens nothing when a part of the configuration cannot be obeyed', async () => {
    const made = { dir: mkdtempSync(`${tmpdir()}/front-door-`), port: await freePort(), other: 0 };
    const door = createFrontDoorStandin(contextFor(made, conf(made).replace('return 200 hello;', 'autoindex on;')));
    await expect(door.start()).rejects.toMatchObject({
      code: 'CONFIGURATION_UNSUPPORTED',
      why: expect.stringContaining('autoindex'),
    });
    expect(await accepts(made.port)).toBe(false);
    rmSync(made.dir, { recursive: true });
  });

  it('opens no port at all when one of them is taken', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const taken = (blocker.address() as { port: number }).port;
    const made = { dir: mkdtempSync(`${tmpdir()}/front-door-`), port: await freePort(), other: 0 };
    const two = conf(made).replace('return', `listen 127.0.0.1:${taken}; return`);
    const door = createFrontDoorStandin(contextFor(made, two));
    await expect(door.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(await accepts(made.port)).toBe(false);
    blocker.close();
    rmSync(made.dir, { recursive: true });
  });

  it('says so when it was given no configuration', async () => {
    const made = { dir: '/nowhere', port: 1, other: 0 };
    const door = createFrontDoorStandin({ ...contextFor(made, ''), file: async () => undefined });
    await expect(door.start()).rejects.toMatchObject({
      code: 'CONFIGURATION_MISSING',
      why: 'there is no nginx/nginx.conf',
    });
  });
});

/** Runs nginx in a process of its own, which says so and waits. */
const startInProcess = async (made: Made): Promise<ChildProcess> => {
  const helper = fileURLToPath(new URL('./nginx-owner.ts', import.meta.url));
  const bundle = `${made.dir}/owner.mjs`;
  buildSync({
    entryPoints: [helper],
    bundle: true,
    conditions: ['chatops-source'],
    platform: 'node',
    format: 'esm',
    outfile: bundle,
    logLevel: 'error',
  });
  const owner = spawn(process.execPath, [bundle, NGINX, made.dir, conf(made)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(owner.stdout, 'data');
  return owner;
};

const whenAccepts = async (port: number, wanted: boolean): Promise<boolean> => {
  while ((await accepts(port)) !== wanted) await new Promise((resolve) => setTimeout(resolve, 5));
  return wanted;
};

describe.runIf(PLAYERS.includes('real'))('the real nginx', () => {
  it('says why it ended by itself', async () => {
    const made = { dir: mkdtempSync(`${tmpdir()}/front-door-`), port: await freePort(), other: 0 };
    const door = createRealNginx(NGINX, contextFor(made, conf(made).replace('return 200 hello;', 'nonsense on;')));
    await door.start();
    expect(await door.crashed).toContain('unknown directive "nonsense"');
    await door.stop();
    rmSync(made.dir, { recursive: true });
  });

  it('may be stopped twice and started again', async () => {
    const door = await openDoor('real', conf);
    await door.server.stop();
    await door.server.stop();
    await door.server.start();
    expect(await whenAccepts(door.port, true)).toBe(true);
    await closeDoor(door);
  });

  it('ends with the process that started it, also when that is killed', async () => {
    const made = { dir: mkdtempSync(`${tmpdir()}/front-door-`), port: await freePort(), other: 0 };
    const owner = await startInProcess(made);
    await whenAccepts(made.port, true);
    owner.kill('SIGKILL');
    expect(await whenAccepts(made.port, false)).toBe(false);
    rmSync(made.dir, { recursive: true, force: true });
  });
});
