import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { withKeyFile, withKeyFileAt } from '../../../../src/parts/mongodb/key-file.ts';

const made: string[] = [];
afterEach(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

const PRINT = ['sh', '-c', 'cat "$4"; printf " %s" "$CHATOPS_MONGO_KEY" "$@"', 'mongod', '--replSet', 'rs0'];

/** The command as a container would run it, with the key file in a folder of the test. */
const run = (words: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-key-'));
  made.push(dir);
  const path = join(dir, 'mongo.key');
  const [program = '', ...args] = withKeyFile(words).map((word) => word.replaceAll('/dev/shm/mongo.key', path));
  const output = execFileSync(program, args, {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, CHATOPS_MONGO_KEY: 'a+key/of=', ...env },
  });
  return { output, path };
};

describe('the command of a member', () => {
  it('starts mongod with the key in a file, and without the variable', () => {
    const { output, path } = run(PRINT);
    expect(output).toBe(`a+key/of=  --replSet rs0 --keyFile ${path}`);
  });

  it('leaves the file to be read by one user alone, that of the image', () => {
    const { mode, uid } = statSync(run(['true']).path);
    expect((mode & 0o777).toString(8)).toBe('400');
    expect(uid).toBe(process.getuid?.() === 0 ? 999 : process.getuid?.());
  });

  it("goes through the image's own entrypoint where there is one", () => {
    const bin = mkdtempSync(join(tmpdir(), 'chatops-bin-'));
    made.push(bin);
    writeFileSync(join(bin, 'docker-entrypoint.sh'), '#!/bin/sh\nprintf "entrypoint of %s" "$1"\n');
    chmodSync(join(bin, 'docker-entrypoint.sh'), 0o755);
    expect(run(['mongod'], { PATH: `${bin}:${process.env.PATH}` }).output).toBe('entrypoint of mongod');
  });

  it('is read back as the words of mongod, with the key file elsewhere', () => {
    expect(withKeyFileAt(withKeyFile(['mongod', '--replSet', 'rs0']), '/data/key')).toEqual([
      ...['mongod', '--replSet', 'rs0', '--keyFile', '/data/key'],
    ]);
  });

  it('has no key file where it was not made by this', () => {
    expect(withKeyFileAt(['mongod', '--replSet', 'rs0'], '/data/key')).toBeUndefined();
  });
});
