/** What the judges of other languages look at, and what each of them must have seen. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { expect } from 'vitest';
import { direct, initiated, keyFile, startNode, type TestNode } from '../../standins/mongod/nodes.ts';

export interface Report {
  readonly first: string;
  readonly 'after step-down': string;
  readonly 'after kill': string;
  readonly 'ghost is not selected': boolean;
  readonly 'login works': number;
  /** Ways in that are open: each mechanism for a user, and the key of the set. */
  readonly logins: number;
  readonly 'read back': readonly number[];
  readonly codes: Readonly<Record<string, number | null>>;
}

export const EXPECTED_CODES: Report['codes'] = {
  'ghost status': 94,
  'ghost find': 13436,
  'ghost insert': 10107,
  'initiate elsewhere': 93,
  'standalone status': 76,
  'secondary insert': 10107,
  'initiate again': 23,
  'same version': 103,
  'reconfig on a secondary': 10107,
  'unknown command': 59,
  'duplicate key': 11000,
  'five nodes of three': 100,
  'no login': 13,
  'wrong password': 18,
  'reader inserts': 13,
  'former password': 18,
};

interface Line {
  readonly please?: 'kill';
  readonly host?: string;
  readonly report?: Report;
}

const ROOT = {
  MONGO_INITDB_ROOT_USERNAME: 'root',
  MONGO_INITDB_ROOT_PASSWORD: 'right',
  CHATOPS_MONGOD_INIT_SERVER: 'off',
};

const KEY = 'A0key+for/the+judges==';

/** Runs the judge against a set of three, a ghost, a standalone and one with logins; kills what it asks to be killed. */
export const judgedBy = async (
  program: string,
  args: readonly string[],
): Promise<{ report: Report; hosts: string[] }> => {
  const set = await Promise.all([startNode(), startNode(), startNode()]);
  await initiated(set);
  const others: TestNode[] = [
    await startNode(),
    await startNode({ command: [] }),
    await startNode({ command: ['--keyFile', keyFile(KEY)], env: ROOT }),
  ];
  await Promise.all(others.map((node) => direct(node)));
  const hosts = set.map(({ host }) => host);
  const child = spawn(program, [...args, hosts.join(','), ...others.map(({ host }) => host)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', JUDGE_KEY: KEY },
  });
  let trouble = '';
  child.stderr.on('data', (chunk) => {
    trouble += chunk;
  });
  const status = new Promise<number | null>((resolve) => child.once('close', resolve));
  let report: Report | undefined;
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as Line;
    if (line.please === 'kill') await set.find(({ host }) => host === line.host)?.standin.kill();
    report = line.report ?? report;
  }
  expect({ status: await status, trouble }).toEqual({ status: 0, trouble: '' });
  if (report === undefined) throw new Error('the judge reported nothing');
  return { report, hosts };
};

/** Three primaries of the set, each another than the one before. */
export const expectElectionsFollowed = ({ report, hosts }: { report: Report; hosts: string[] }): void => {
  const leaders = [report.first, report['after step-down'], report['after kill']];
  expect(leaders.every((leader) => hosts.includes(leader))).toBe(true);
  expect(leaders[1]).not.toBe(leaders[0]);
  expect(leaders[2]).not.toBe(leaders[1]);
  expect(report['read back']).toEqual([1, 2, 3]);
};
