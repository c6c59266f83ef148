/** A real mongod cannot be had here: a program of the same name notes how it was called and speaks enough. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { watch } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ServerContext } from '@chatops-up/standins';
import { describe, expect, it } from 'vitest';
import { createRealMongod, keptArguments } from '../../../src/parts/mongodb/client/real-mongod.ts';
import { atEnd } from '../../helpers/at-end.ts';
import { freePort } from '../../helpers/free-port.ts';
import { createNode, tempDir } from './nodes.ts';

const FAKE = `#!${process.execPath}
const { writeFileSync } = require('node:fs');
const { createServer } = require('node:net');
const words = process.argv.slice(2);
const after = (name) => words[words.indexOf(name) + 1];
if (words.includes('--crash')) { console.log('no space left'); process.exit(14); }
process.on('SIGTERM', () => {
  writeFileSync(after('--dbpath') + '/ended', 'by SIGTERM');
  process.exit(0);
});
createServer((socket) => socket.end('here')).listen(Number(after('--port')), after('--bind_ip'), () => {
  writeFileSync(after('--dbpath') + '/arguments', JSON.stringify(words));
  process.stdout.write('listening\\n');
});
`;

const fakeProgram = (): string => {
  const path = join(tempDir(), 'mongod');
  writeFileSync(path, FAKE);
  chmodSync(path, 0o755);
  return path;
};

const contextWith = async (more: Partial<ServerContext> = {}): Promise<ServerContext> => ({
  ...(await createNode()).context,
  ports: { 27017: await freePort() },
  ...more,
});

/** The text of a file once the program has written it. */
const written = async (path: string): Promise<string> => {
  const ended = new AbortController();
  const events = watch(dirname(path), { signal: ended.signal });
  const text = () => (existsSync(path) ? readFileSync(path, 'utf8') : '');
  if (text() === '') for await (const _ of events) if (text() !== '') break;
  ended.abort();
  return text();
};

describe('a real mongod as the mongo service', () => {
  it('is started with the set of the container, on loopback, over its own data', async () => {
    const context = await contextWith({ command: ['mongod', '--replSet', 'rs0', '--bind_ip_all', '--port=27017'] });
    const server = createRealMongod(fakeProgram(), context);
    atEnd(() => server.stop());
    await server.start();
    const words = JSON.parse(await written(join(context.dir, 'db', 'arguments'))) as string[];
    expect(words.slice(0, 2)).toEqual(['--replSet', 'rs0']);
    expect(words).toContain(String(context.ports[27017]));
    expect(words.filter((word) => word.startsWith('--bind_ip'))).toEqual(['--bind_ip']);
    expect(server.played).toBe('real');
  });

  it('is asked to end, and has ended when stop resolves', async () => {
    const context = await contextWith();
    const server = createRealMongod(fakeProgram(), context);
    await server.start();
    await written(join(context.dir, 'db', 'arguments'));
    await server.stop();
    expect(readFileSync(join(context.dir, 'db', 'ended'), 'utf8')).toBe('by SIGTERM');
  });

  it('reports a crash with the last lines of its log', async () => {
    const server = createRealMongod(fakeProgram(), await contextWith({ command: ['--crash'] }));
    await server.start();
    expect(await server.crashed).toBe('mongod ended (status 14)\nno space left');
    await server.stop();
  });

  it('says what cannot be run', async () => {
    const server = createRealMongod('/nowhere/mongod', await contextWith());
    await expect(server.start()).rejects.toMatchObject({ code: 'SERVICE_FAILED' });
  });

  it('refuses logins, which only the entrypoint of the image sets up', async () => {
    const server = createRealMongod(fakeProgram(), await contextWith({ env: { MONGO_INITDB_ROOT_USERNAME: 'root' } }));
    await expect(server.start()).rejects.toMatchObject({ code: 'SERVICE_FAILED' });
  });

  it('keeps every argument that does not mean the network or the files of a container', () => {
    const words = ['mongod', '--bind_ip', '0.0.0.0', '--replSet', 'rs0', '--dbpath=/data/db', '--port', '1', '--quiet'];
    expect(keptArguments(words)).toEqual(['--replSet', 'rs0', '--quiet']);
  });
});
