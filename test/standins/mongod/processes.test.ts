/** Members as processes of their own: what only sockets and files can show, and a kill that nothing can prepare for. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { atEnd } from '../../helpers/at-end.ts';
import { freePort } from '../../helpers/free-port.ts';
import { admin, bySet, direct, helloUntil, tempDir } from './nodes.ts';

const ENTRY = `
import { createSimulatedTime } from '@chatops-up/standins';
import { createMongodStandin } from '@chatops-up/standins/mongod';
const [dir, port] = process.argv.slice(2);
const standin = createMongodStandin({
  service: 'mongo', role: 'mongo', dir, ports: { 27017: Number(port) }, env: {}, command: ['--replSet', 'rs0'],
  time: createSimulatedTime(), lookup: () => undefined, file: async () => undefined,
});
await standin.start();
setInterval(() => undefined, 1_000);
`;

interface Member {
  readonly host: string;
  readonly start: () => void;
  readonly kill: () => Promise<void>;
}

let program: string;

beforeAll(async () => {
  const built = await build({
    stdin: { contents: ENTRY, resolveDir: process.cwd(), loader: 'ts' },
    bundle: true,
    conditions: ['chatops-source'],
    platform: 'node',
    format: 'esm',
    write: false,
  });
  program = built.outputFiles[0]?.text ?? '';
});

const member = async (): Promise<Member> => {
  const [dir, port] = [tempDir(), await freePort()];
  const path = join(dir, 'member.mjs');
  writeFileSync(path, program);
  let child: ChildProcess | undefined;
  const kill = async () => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  atEnd(kill);
  const start = () => {
    child = spawn(process.execPath, [path, join(dir, 'data'), String(port)], {
      stdio: 'inherit',
    });
  };
  return { host: `127.0.0.1:${port}`, start, kill };
};

describe('members in processes of their own', () => {
  it('form a set, elect another primary when theirs is shot, and take it back with its data', async () => {
    const members = await Promise.all([member(), member(), member()]);
    for (const one of members) one.start();
    const clients = await Promise.all(members.map((one) => direct(one)));
    await admin(clients[0] as never, {
      replSetInitiate: { _id: 'rs0', members: members.map(({ host }, _id) => ({ _id, host })) },
    });
    const hellos = await Promise.all(
      clients.map((client) => helloUntil(client, ({ secondary, isWritablePrimary }) => secondary || isWritablePrimary)),
    );
    const first = (await helloUntil(clients[0] as never, ({ primary }) => primary !== undefined)).primary as string;
    expect(hellos).toHaveLength(3);
    await bySet(members).db('app').collection('things').insertOne({ n: 1 });

    const old = members.find(({ host }) => host === first) as Member;
    await old.kill();
    const survivor = members.find((one) => one !== old) as Member;
    await helloUntil(await direct(survivor), ({ primary }) => primary !== undefined && primary !== first);
    await bySet(members).db('app').collection('things').insertOne({ n: 2 });

    old.start();
    await bySet(members)
      .db('app')
      .collection('things')
      .insertOne({ n: 3 }, { writeConcern: { w: 3 } });
    const back = (await direct(old)).db('app').collection('things');
    const found = await back.find({}, { readPreference: 'secondaryPreferred' }).toArray();
    expect(found.map(({ n }) => n)).toEqual([1, 2, 3]);
  });
});
