/** Locks taken, let go and left by killed runs in every order of their steps: never two hold one, and it is never lost. */
import { mkdtempSync, rmSync } from 'node:fs';
import * as node from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { createStackLock, type LockGround } from '../../src/adapters/lock.ts';
import { cases } from '../helpers/cases.ts';

const root = mkdtempSync(join(tmpdir(), 'chatops-locks-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Killed before this call to the file system; undefined: it lives. */
type Death = number | undefined;

interface Stage {
  readonly dead: Set<number>;
  /** Called when the process of this number is killed. */
  readonly died: Map<number, () => void>;
  readonly holders: Set<number>;
  readonly faults: string[];
}

const never = new Promise<never>(() => undefined);

/** The file system as a process sees it that is killed at a certain call, with calls of others between its own. */
const groundOf = (pid: number, death: Death, pauses: readonly number[], { dead, died, holders }: Stage): LockGround => {
  let calls = 0;
  const step = async (): Promise<void> => {
    calls += 1;
    if (calls === death) {
      dead.add(pid);
      holders.delete(pid);
      died.get(pid)?.();
      await never;
    }
    for (let turn = pauses[calls % pauses.length] ?? 0; turn > 0; turn -= 1) await Promise.resolve();
  };
  const stepping =
    <A extends readonly unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await step();
      return call(...args);
    };
  return {
    files: {
      link: stepping(node.link),
      readdir: stepping(node.readdir as never),
      readFile: stepping(node.readFile as never),
      rename: stepping(node.rename),
      rm: stepping(node.rm),
      rmdir: stepping(node.rmdir),
      writeFile: stepping(node.writeFile as never),
    } as LockGround['files'],
    self: (mark) => ({ mark, pid, host: 'here' }),
    standingOf: (owner) => (dead.has(owner.pid) ? 'gone' : 'there'),
    askToEnd: () => false,
  };
};

const run = async (dir: string, pid: number, death: Death, pauses: readonly number[], stage: Stage): Promise<void> => {
  const lock = createStackLock(dir, groundOf(pid, death, pauses, stage));
  try {
    await lock.acquire();
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'STACK_LOCKED' });
    return;
  }
  if (stage.holders.size > 0) stage.faults.push(`${pid} beside ${[...stage.holders].join(', ')}`);
  stage.holders.add(pid);
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  stage.holders.delete(pid);
  await lock.release();
};

const anyRun = fc.record({
  death: fc.option(fc.integer({ min: 1, max: 14 }), { nil: undefined }),
  pauses: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 6 }),
});

let numbered = 0;

test('is held by one run at a time, whichever is killed at whatever moment, and can be taken afterwards', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(anyRun, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 }),
      async (waves) => {
        numbered += 1;
        const dir = join(root, String(numbered));
        const stage: Stage = { dead: new Set(), died: new Map(), holders: new Set(), faults: [] };
        let pid = 100;
        for (const wave of waves) {
          const running = wave.map(({ death, pauses }) => {
            pid += 1;
            const me = pid;
            const killed = new Promise<void>((resolve) => stage.died.set(me, resolve));
            const ended = run(dir, me, death, pauses, stage);
            return Promise.race([ended, killed]).finally(() => stage.dead.add(me));
          });
          await Promise.all(running);
        }
        expect(stage.faults).toEqual([]);
        const last = createStackLock(dir, groundOf(999, undefined, [0], stage));
        await last.acquire();
        await last.release();
      },
    ),
    { numRuns: cases(150) },
  );
});
