/** Each server of the command, in a process of its own, asked from outside over its protocol. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { launch, startCommand, startOnFreePort } from './start-command.ts';

/** As fast as a boot can pass. */
const FAST = ['--speed', '5000'];
const TOKEN = 'glpat-ofthecommand00';

const tempDir = (): string => {
  const dir = mkdtempSync(join(tmpdir(), 'standins-command-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const connectTo = async (port: number | undefined): Promise<MongoClient> => {
  const client = await MongoClient.connect(`mongodb://127.0.0.1:${port}/?directConnection=true`);
  onTestFinished(() => client.close());
  return client;
};

/** Asks until the answer is as wanted. */
const until = async <T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean): Promise<T> => {
  for (;;) {
    const answer = await ask();
    if (isWanted(answer)) return answer;
  }
};

const get = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(url, { headers });
  return { status: response.status, text: await response.text() };
};

/** A replica set of one. @returns its port */
const startReplicaSet = async (): Promise<number> => {
  const { port = 0 } = await startOnFreePort('mongod', [...FAST, '--', '--replSet', 'rs0']);
  const client = await connectTo(port);
  const admin = client.db('admin');
  await admin.command({ replSetInitiate: { _id: 'rs0', members: [{ _id: 0, host: `127.0.0.1:${port}` }] } });
  await until(
    () => admin.command({ hello: 1 }),
    ({ isWritablePrimary }) => isWritablePrimary === true,
  );
  return port;
};

const startGitLab = async () => {
  const gitlab = await startOnFreePort('gitlab', [...FAST, '--env', 'CHATOPS_GITLAB_TOKEN'], {
    CHATOPS_GITLAB_TOKEN: TOKEN,
  });
  await until(
    () => get(`${gitlab.url}/api/v4/version`, { 'PRIVATE-TOKEN': TOKEN }),
    ({ status }) => status === 200,
  );
  return gitlab;
};

describe('chatops-standins', () => {
  it('starts a mongod that says hello to the vendor’s driver', async () => {
    const { port } = await startOnFreePort('mongod', FAST);
    const hello = await (await connectTo(port)).db('admin').command({ hello: 1 });
    expect(hello).toMatchObject({ isWritablePrimary: true, maxWireVersion: 25 });
  });

  it('starts a Rocket.Chat over a replica set of its own kind', async () => {
    const mongo = `mongodb://127.0.0.1:${await startReplicaSet()}/rocketchat?replicaSet=rs0`;
    const chat = await startOnFreePort('rocketchat', [...FAST, '--env', `MONGO_URL=${mongo}`]);
    expect(JSON.parse((await get(`${chat.url}/api/info`)).text)).toMatchObject({ success: true, version: '8.6' });
  });

  it('starts a GitLab whose first token is the one that the environment names', async () => {
    const gitlab = await startGitLab();
    const { text } = await get(`${gitlab.url}/api/v4/user`, { 'PRIVATE-TOKEN': TOKEN });
    expect(JSON.parse(text)).toMatchObject({ username: 'root', web_url: `${gitlab.url}/root` });
  });

  it('starts a runner that asks its GitLab for jobs', async () => {
    const gitlab = await startGitLab();
    const headers = { 'PRIVATE-TOKEN': TOKEN, 'Content-Type': 'application/json' };
    const made = await fetch(`${gitlab.url}/api/v4/user/runners`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ runner_type: 'instance_type' }),
    });
    const { id, token } = (await made.json()) as { id: number; token: string };
    const dir = tempDir();
    const block = `[[runners]]\nname = "demo"\nurl = "${gitlab.url}"\ntoken = "${token}"\nexecutor = "shell"\n`;
    writeFileSync(join(dir, 'config.toml'), `concurrent = 1\n${block}`);
    const { line } = await startCommand(['runner', '--dir', dir, ...FAST]);
    const contact = async () => JSON.parse((await get(`${gitlab.url}/api/v4/runners/${id}`, headers)).text);
    expect(line).toBe('runner stand-in runs and listens nowhere');
    expect(await until(contact, ({ contacted_at }) => contacted_at !== null)).toMatchObject({ status: 'online' });
  });

  it('starts a front door that passes requests on to where a name is said to be', async () => {
    const behind = createServer((request, response) => response.end(`behind ${request.url}`));
    onTestFinished(() => void behind.close());
    await new Promise<void>((resolve) => behind.listen(0, '127.0.0.1', resolve));
    const { port } = behind.address() as AddressInfo;
    const dir = tempDir();
    mkdirSync(join(dir, 'nginx'));
    const server = 'server { listen 80; location / { proxy_http_version 1.1; proxy_pass http://chat:3000; } }';
    writeFileSync(join(dir, 'nginx/nginx.conf'), `events {}\nhttp { ${server} }\n`);
    const door = await startOnFreePort('front-door', ['--dir', dir, '--name', `chat:3000=${port}`]);
    expect(await get(`${door.url}/room`)).toEqual({ status: 200, text: 'behind /room' });
  });

  it('starts a Mattermost that takes a post at the webhook that the environment names', async () => {
    const env = { MATTERMOST_STANDIN_HOOK: 'hookofthecommand' };
    const chat = await startOnFreePort('mattermost', ['--env', 'MATTERMOST_STANDIN_HOOK'], env);
    const hook = `${chat.url}/hooks/${env.MATTERMOST_STANDIN_HOOK}`;
    const answer = await fetch(hook, { method: 'POST', body: JSON.stringify({ text: 'hello' }) });
    expect([answer.status, await answer.text()]).toEqual([200, 'ok']);
  });

  it('says where it listens in one line', async () => {
    const port = await freePort();
    const { line, process: child, ended } = await startCommand(['mattermost', '--port', String(port)]);
    child.kill();
    expect(line).toBe(`mattermost stand-in listens on 127.0.0.1:${port}`);
    expect((await ended).stdout).toBe(`${line}\n`);
  });

  it('listens on the address that it is given, and on no other', async () => {
    const { port } = await startOnFreePort('mattermost', ['--host', '127.0.0.2']);
    const ping = (host: string) => get(`http://${host}:${port}/api/v4/system/ping`);
    expect((await ping('127.0.0.2')).status).toBe(200);
    await expect(ping('127.0.0.1')).rejects.toThrow('fetch failed');
  });

  it('has the faults that it is given, as often as they say', async () => {
    const fault = JSON.stringify({ match: 'GET /api/v4/system/ping', effect: { kind: 'status', status: 503 } });
    const { url } = await startOnFreePort('mattermost', ['--fault', fault]);
    const ping = async () => (await get(`${url}/api/v4/system/ping`)).status;
    expect([await ping(), await ping()]).toEqual([503, 200]);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'ends in order on %s and takes the directory it made with it',
    async (signal) => {
      const { process: child, ended, dir } = await startOnFreePort('mongod', FAST);
      const wasThere = existsSync(dir);
      child.kill(signal);
      expect(await ended).toMatchObject({ status: 0, stderr: '' });
      expect([wasThere, existsSync(dir)]).toEqual([true, false]);
    },
  );

  it('ends at once when it is asked to while it boots', async () => {
    const dir = tempDir();
    // Its port opens after forty seconds; its state is there at once.
    const { child, ended } = launch(['gitlab', '--port', '0', '--speed', '1', '--dir', dir]);
    await until(
      () => readdir(dir),
      (files) => files.includes('gitlab.jsonl'),
    );
    child.kill();
    expect(await ended).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });

  it('keeps what it knows in a directory that it is given', async () => {
    const dir = tempDir();
    const first = await startOnFreePort('mongod', [...FAST, '--dir', dir]);
    const client = await connectTo(first.port);
    await client.db('app').collection('things').insertOne({ name: 'kept' });
    await client.close();
    first.process.kill();
    await first.ended;
    const again = await startOnFreePort('mongod', [...FAST, '--dir', dir]);
    const found = await (await connectTo(again.port)).db('app').collection('things').findOne({ name: 'kept' });
    expect(found).toMatchObject({ name: 'kept' });
  });
});
