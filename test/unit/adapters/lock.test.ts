import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createStackLock } from '../../../src/adapters/lock.ts';
import { standingOf, thisProcess } from '../../../src/adapters/lock-owner.ts';

const aDir = (): string => mkdtempSync(join(tmpdir(), 'chatops-lock-'));
const lockedBy = (content: unknown): string => {
  const dir = aDir();
  writeFileSync(join(dir, 'lock'), typeof content === 'string' ? content : JSON.stringify(content));
  return dir;
};
const refusal = (dir: string): Promise<unknown> =>
  createStackLock(dir)
    .acquire()
    .then(
      () => 'taken',
      (thrown: unknown) => thrown,
    );

describe('the lock of a stack', () => {
  it('is held by one process at a time, which the refusal names, and taken over when that is gone', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const dir = lockedBy(`${holder.pid}\n`);
    expect(await refusal(dir)).toMatchObject({
      code: 'STACK_LOCKED',
      why: expect.stringContaining(`process ${holder.pid}`),
      next: expect.stringContaining(`kill ${holder.pid}`),
    });
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    expect(await refusal(dir)).toBe('taken');
  });

  it('is seen without being taken, and nothing is written for it', async () => {
    const dir = aDir();
    expect(await createStackLock(dir).isHeld()).toBe(false);
    expect(readdirSync(dir)).toEqual([]);
    expect(await createStackLock(join(dir, 'none')).isHeld()).toBe(false);
    const lock = createStackLock(dir);
    await lock.acquire();
    expect(await createStackLock(dir).isHeld()).toBe(true);
    await lock.release();
    expect(await createStackLock(join(dir)).isHeld()).toBe(false);
  });

  it('of a process that only keeps servers running says so, and lets it be asked to end', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const ended = once(holder, 'exit');
    const dir = lockedBy({ mark: 'm', pid: holder.pid, host: hostname(), staying: true });
    expect(await refusal(dir)).toMatchObject({
      code: 'STACK_LOCKED',
      why: `process ${holder.pid} (\`up --stay\`) holds ${join(dir, 'lock')}`,
      next: expect.stringContaining('chatops-up down'),
    });
    expect(await createStackLock(dir).endStaying()).toBe(true);
    expect((await ended)[1]).toBe('SIGTERM');
    expect(await createStackLock(dir).endStaying()).toBe(false);
  });

  it('of a run at work is not ended, nor one of another machine', async () => {
    const holder = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const owner = { mark: 'm', pid: holder.pid, host: hostname() };
    expect(await createStackLock(lockedBy(owner)).endStaying()).toBe(false);
    const elsewhere = { ...owner, host: `not-${hostname()}`, staying: true };
    expect(await createStackLock(lockedBy(elsewhere)).endStaying()).toBe(false);
    expect(holder.exitCode ?? holder.signalCode).toBeNull();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
  });

  it('says that it keeps servers running to who finds it', async () => {
    const dir = aDir();
    const lock = createStackLock(dir);
    await lock.acquire({ staying: 'embedded' });
    expect(JSON.parse(readFileSync(join(dir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid, staying: true });
    expect(await createStackLock(dir).stayingOn()).toBe('embedded');
    await lock.release();
    expect(await createStackLock(dir).stayingOn()).toBeUndefined();
  });

  it('of a run at work, or of a process that is gone, keeps nothing running', async () => {
    const dir = aDir();
    await createStackLock(dir).acquire();
    expect(await createStackLock(dir).stayingOn()).toBeUndefined();
    const gone = { ...thisProcess('m'), pid: 2 ** 30, staying: true, engine: 'embedded' };
    expect(await createStackLock(lockedBy(gone)).stayingOn()).toBeUndefined();
  });

  it('is held within one process as well', async () => {
    const dir = aDir();
    await createStackLock(dir).acquire();
    expect(await refusal(dir)).toMatchObject({ code: 'STACK_LOCKED' });
  });

  it.each(['', 'nonsense', '{"pid":', '1', '0', '-1', '{"mark":"a","pid":-1,"host":"x"'])(
    'is taken over from a file that names nobody: %j',
    async (content) => {
      expect(await refusal(lockedBy(content))).toBe('taken');
    },
  );

  it('is taken over where the number of its process is another one by now, and after a restart of the machine', async () => {
    const me = thisProcess('m');
    expect(await refusal(lockedBy({ ...me, began: '1' }))).toBe('taken');
    expect(await refusal(lockedBy({ ...me, boot: 'another' }))).toBe('taken');
  });

  it.each([
    ['another machine', { host: `not-${hostname()}` }],
    ['another container', { processes: 'pid:[1]' }],
  ])('of %s is not taken over, as nothing can be seen of it; no process is named to be killed', async (_, changed) => {
    const error = await refusal(lockedBy({ ...thisProcess('m'), ...changed }));
    expect(error).toMatchObject({ code: 'STACK_LOCKED', next: expect.stringContaining('remove') });
    expect(String((error as { next: string }).next)).not.toContain('kill');
  });

  it('never advises to kill process 1, alone in its container', async () => {
    const first = {
      ...thisProcess('m'),
      pid: 1,
      began: readFileSync('/proc/1/stat', 'utf8').split(') ')[1]?.split(' ')[19],
    };
    expect(standingOf(first as typeof first & { began: string })).toBe('there');
    expect(await refusal(lockedBy(first))).toMatchObject({ next: 'wait until it ends' });
  });

  it('leaves nothing behind when it is released', async () => {
    const dir = join(aDir(), 'state');
    const lock = createStackLock(dir);
    await lock.acquire();
    await lock.release();
    expect(existsSync(dir)).toBe(false);
  });

  it('is not taken away from somebody else by a release', async () => {
    const dir = aDir();
    const lock = createStackLock(dir);
    await lock.acquire();
    writeFileSync(join(dir, 'lock'), JSON.stringify(thisProcess('a stranger')));
    await lock.release();
    expect(readdirSync(dir)).toEqual(['lock']);
    await createStackLock(dir).release();
    expect(readdirSync(dir)).toEqual(['lock']);
  });

  it('says why a directory cannot be used', async () => {
    const file = join(aDir(), 'file');
    writeFileSync(file, '');
    await expect(createStackLock(join(file, 'below')).acquire()).rejects.toMatchObject({ code: 'DIRECTORY_UNUSABLE' });
  });
});
