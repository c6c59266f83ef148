import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStackLock } from '../../../src/adapters/lock.ts';

const aDir = (): string => mkdtempSync(join(tmpdir(), 'chatops-lock-'));

describe('the lock of a stack', () => {
  it('is held by one living process at a time, which the refusal names', async () => {
    const dir = aDir();
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(join(dir, 'lock'), `${holder.pid}\n`);
    await expect(createStackLock(dir).acquire()).rejects.toMatchObject({
      code: 'STACK_LOCKED',
      why: expect.stringContaining(`process ${holder.pid}`),
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await createStackLock(dir).acquire();
  });

  it('is taken over from a process that is gone, and from a damaged file', async () => {
    const dir = aDir();
    writeFileSync(join(dir, 'lock'), 'nonsense');
    await expect(createStackLock(dir).acquire()).resolves.toBeUndefined();
  });

  it('leaves nothing behind when it is released', async () => {
    const dir = aDir();
    const lock = createStackLock(dir);
    await lock.acquire();
    await lock.release();
    expect(existsSync(join(dir, 'lock'))).toBe(false);
  });

  it('says why a directory cannot be used', async () => {
    const file = join(aDir(), 'file');
    writeFileSync(file, '');
    await expect(createStackLock(join(file, 'below')).acquire()).rejects.toMatchObject({ code: 'DIRECTORY_UNUSABLE' });
  });
});
