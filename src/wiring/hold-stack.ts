/** What a command needs of a stack directory while it works: to be alone on it, or only to look. */
import { join } from 'node:path';
import { createStackLock } from '../adapters/lock.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Engine } from '../contracts/engine.ts';
import type { StackLock } from '../contracts/lock.ts';
import { awaitGate } from '../engine/await-gate.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { World } from '../stages/world.ts';
import { STATE_DIR } from './stack-directory.ts';

export interface HeldStack {
  /** In place of the one that was chosen. */
  readonly engine?: Engine;
  /** Nobody else works on the directory meanwhile. */
  readonly alone: boolean;
  release(): Promise<void>;
}

type HoldWorld = Pick<World, 'engine' | 'clock' | 'signal'>;

/** @throws ChatopsError STACK_LOCKED, DIRECTORY_UNUSABLE */
export type HoldStack = (dir: string, world: HoldWorld) => Promise<HeldStack>;

const NOTHING_HELD = { alone: false, release: async () => undefined } as const;

const lockOf = (dir: string): StackLock => createStackLock(join(dir, STATE_DIR));

const alone = ({ release }: StackLock): HeldStack => ({ alone: true, release });

const isLocked = (thrown: unknown): thrown is ChatopsError =>
  thrown instanceof ChatopsError && thrown.code === 'STACK_LOCKED';

interface Waiting {
  /** ms */
  readonly withinMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** @throws ChatopsError STACK_LOCKED when it is still held at the end */
const acquireWithin = async (lock: StackLock, acquire: () => Promise<void>, waiting: Waiting): Promise<void> => {
  let refusal: ChatopsError | undefined;
  const ask = async () => {
    try {
      await acquire();
      refusal = undefined;
      return { kind: 'ready' } as const;
    } catch (thrown) {
      if (!isLocked(thrown)) throw thrown;
      refusal = thrown;
      return { kind: 'not-ready', reason: thrown.message } as const;
    }
  };
  let asked: Promise<unknown> = Promise.resolve();
  const probe = {
    id: 'lock',
    ask: () => {
      const answer = ask();
      asked = answer;
      return answer;
    },
  };
  try {
    await awaitGate(probe, { name: 'lock', ...waiting });
  } catch (thrown) {
    await asked.catch(() => undefined);
    if (refusal !== undefined) throw waiting.signal.aborted ? thrown : refusal;
    // Taken at the moment when nobody waited any more.
    await lock.release();
    throw thrown;
  }
};

export interface AloneOptions {
  /** Waits this long for another run, ms. Default 0: refused at once. */
  readonly waitMs?: number | undefined;
  /** Keeps servers running until it is asked to end. Default false. */
  readonly staying?: boolean;
}

/** The engine whose servers another process keeps running there. */
export const stayingOn = (dir: string): Promise<string | undefined> => lockOf(dir).stayingOn();

/** Nobody else works on the directory meanwhile. */
export const holdAlone =
  ({ waitMs = 0, staying = false }: AloneOptions = {}): HoldStack =>
  async (dir, { engine, clock, signal }) => {
    const lock = lockOf(dir);
    const acquire = (): Promise<void> => lock.acquire({ staying: staying ? engine.kind : undefined });
    if (waitMs === 0) await acquire();
    else await acquireWithin(lock, acquire, { withinMs: waitMs, clock, signal });
    return alone(lock);
  };

/** Servers that are asked to end stop in order: GitLab takes its time. */
const ENDS_WITHIN_MS = 120_000;

/** As `holdAlone`; a process that only keeps the servers running is asked to end. */
export const holdAfterStaying =
  (options: AloneOptions = {}): HoldStack =>
  async (dir, world) => {
    const ends = await lockOf(dir).endStaying();
    return holdAlone(ends ? { ...options, waitMs: Math.max(options.waitMs ?? 0, ENDS_WITHIN_MS) } : options)(
      dir,
      world,
    );
  };

/** Looks at what runs; starts nothing and keeps nobody out. */
export const lookAsItRuns: HoldStack = async (dir, { engine }) =>
  engine.beside ? { ...NOTHING_HELD, engine: engine.beside(await lockOf(dir).isHeld()) } : NOTHING_HELD;

/** Servers that end with their process are started for the look, unless another process runs them. */
export const lookStarting: HoldStack = async (dir, world) => {
  const { engine } = world;
  if (!engine.beside) return engine.can.endsWithUs ? holdAlone()(dir, world) : NOTHING_HELD;
  try {
    return await holdAlone()(dir, world);
  } catch (thrown) {
    if (!isLocked(thrown)) throw thrown;
    return { ...NOTHING_HELD, engine: engine.beside(true) };
  }
};
