import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJournal } from '../../../src/adapters/journal.ts';
import { createStackLock } from '../../../src/adapters/lock.ts';
import { mayObey, requireOwnDirectory, running } from '../../../src/adapters/own-directory.ts';
import { createKnownSecrets } from '../../../src/values/words/known-secrets.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'own-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const fifo = (path: string): void => {
  expect(spawnSync('mkfifo', [path]).status).toBe(0);
};
const ROOT = { uid: 0, sudoUid: undefined };

describe('the directory of a stack', () => {
  it.each([
    ['root in its own', 0, { uid: 0, sudoUid: undefined }, true],
    ["root in another user's", 1000, { uid: 0, sudoUid: undefined }, false],
    ['root by sudo, in that of who called it', 1000, { uid: 0, sudoUid: 1000 }, true],
    ["root by sudo, in a third user's", 1001, { uid: 0, sudoUid: 1000 }, false],
    ["a user in another user's", 1001, { uid: 1000, sudoUid: undefined }, true],
    ['where there are no users', 0, { uid: undefined, sudoUid: undefined }, true],
  ])('%s', (_what, owner, user, obeyed) => {
    expect(mayObey(owner, user)).toBe(obeyed);
  });

  it('of another user is refused as root, with two ways on', () => {
    const uid = process.getuid?.() ?? 0;
    // A user who may not give it away owns it, so it is another user's as seen by root.
    if (uid === 0) chownSync(dir, 1000, 1000);
    const refused = () => requireOwnDirectory(dir, '.chatops', ROOT);
    expect(refused).toThrow(/belongs to user \d+, and this runs as root/);
    expect(refused).toThrow(
      expect.objectContaining({
        code: 'DIRECTORY_UNUSABLE',
        next: expect.stringMatching(/sudo -u '#\d+'.*chown root/),
      }),
    );
  });

  it('that is not there yet is fine', () => {
    expect(() => requireOwnDirectory(join(dir, 'not', 'yet'), '.chatops', ROOT)).not.toThrow();
  });

  it('whose folder of state is a link is refused', () => {
    mkdirSync(join(dir, 'other'));
    symlinkSync('other', join(dir, '.chatops'));
    const own = { uid: 1, sudoUid: undefined };
    expect(() => requireOwnDirectory(dir, '.chatops', own)).toThrow(/\.chatops is a symbolic link/);
  });

  it('reads who called sudo only where it is a number', () => {
    expect(running({ SUDO_UID: '1000' }).sudoUid).toBe(1000);
    expect(running({ SUDO_UID: '0x0' }).sudoUid).toBeUndefined();
    expect(running({}).sudoUid).toBeUndefined();
  });
});

describe('the journal', () => {
  const { clean } = createKnownSecrets({});
  const append = (path: string) =>
    createJournal(path, () => new Date(0), clean).append({
      node: 'n',
      change: { action: 'create', resource: 'room', name: 'ops', cause: 'missing' },
    });

  it('is not written behind a link', () => {
    writeFileSync(join(dir, 'theirs'), '');
    symlinkSync('theirs', join(dir, 'journal.jsonl'));
    expect(() => append(join(dir, 'journal.jsonl'))).toThrow(/ELOOP/);
    expect(readFileSync(join(dir, 'theirs'), 'utf8')).toBe('');
  });

  it('is not waited for where it is a FIFO that nobody reads', () => {
    fifo(join(dir, 'journal.jsonl'));
    expect(() => append(join(dir, 'journal.jsonl'))).toThrow(/ENXIO/);
  });
});

describe('the lock', () => {
  it('is not waited for where it is a FIFO that nobody writes to', async () => {
    fifo(join(dir, 'lock'));
    await expect(createStackLock(dir).acquire()).rejects.toMatchObject({
      code: 'DIRECTORY_UNUSABLE',
      what: expect.stringContaining('is no lock of ours'),
    });
  });

  it('is no device', async () => {
    symlinkSync('/dev/zero', join(dir, 'lock'));
    await expect(createStackLock(dir).acquire()).rejects.toMatchObject({ why: 'it is no regular file' });
  });
});
