/**
 * One run at a time on a stack directory, also after kills and power cuts. A lock is a file that names its owner, made
 * whole elsewhere and linked to its place, so that it is there with its content or not at all.
 *
 * One whose owner has gone is succeeded, never removed: a successor's file is linked under a name that only one can
 * have (`lock.after.<mark of the dead>`), then renamed over `lock`. A process that finds itself outside of the chain that
 * begins at `lock` has lost.
 */
import { randomUUID } from 'node:crypto';
import * as node from 'node:fs/promises';
import { join } from 'node:path';
import type { StackLock } from '../contracts/lock.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { askToEnd, type Owner, type OwnerStanding, readOwner, standingOf, thisProcess } from './lock-owner.ts';
import { makeDirectory } from './make-directory.ts';
import { codeOf } from './network-errors.ts';
import { readBounded } from './read-bounded.ts';

/** Somebody who takes the lock, and lets it go, again and again is no reason to look for ever. */
const MOST_TRIES = 20;

const unusable = (dir: string, cause: unknown): ChatopsError =>
  new ChatopsError('DIRECTORY_UNUSABLE', {
    what: `${dir} cannot be written`,
    why: codeOf(cause) ?? String(cause),
    next: 'give yourself the right to write there, or name another directory with --dir',
    cause,
  });

const held = (owner: Owner, standing: OwnerStanding, path: string): ChatopsError => {
  const what = 'another run is working on this stack';
  if (standing === 'elsewhere') {
    return new ChatopsError('STACK_LOCKED', {
      what,
      why: `process ${owner.pid} on ${owner.host}, or in another container, holds ${path}; it cannot be seen from here`,
      next: `wait until it ends; if you know that it is gone, remove ${path}`,
    });
  }
  if (owner.staying === true) {
    return new ChatopsError('STACK_LOCKED', {
      what: 'another process keeps the servers of this stack running',
      why: `process ${owner.pid} (\`up --stay\`) holds ${path}`,
      next: 'run `chatops-up down` first, which ends it; status, plan, doctor and smoke work beside it',
    });
  }
  return new ChatopsError('STACK_LOCKED', {
    what,
    why: `process ${owner.pid} holds ${path}`,
    // 1 is the whole container, or the machine.
    next: owner.pid > 1 ? `wait until it ends (--wait 5m), or end it (kill ${owner.pid})` : 'wait until it ends',
  });
};

/** What a lock stands on: real by default, played where every moment of it is tried. */
export interface LockGround {
  readonly files: Pick<typeof node, 'link' | 'readdir' | 'rename' | 'rm' | 'rmdir' | 'writeFile'> & {
    /** The text of a lock. @throws ENOENT where there is none */
    readFile(path: string): Promise<string>;
  };
  readonly self: (mark: string) => Owner;
  readonly standingOf: (owner: Owner) => OwnerStanding;
  readonly askToEnd: (owner: Owner) => boolean;
}

/** A lock is a line; what is longer, or no file, is no lock of ours. */
const LARGEST_LOCK_BYTES = 65_536;

const readLock = async (path: string): Promise<string> => {
  const read = readBounded(path, LARGEST_LOCK_BYTES);
  if (read.kind === 'text') return read.text;
  if (read.kind === 'none') throw Object.assign(new Error(`there is no ${path}`), { code: 'ENOENT' });
  throw new ChatopsError('DIRECTORY_UNUSABLE', {
    what: `${path} is no lock of ours`,
    why: read.kind === 'refused' ? read.why : `it has ${read.size} bytes`,
    next: 'look at what it is, and remove it',
    cause: read.kind === 'refused' ? read.cause : undefined,
  });
};

const REAL: LockGround = { files: { ...node, readFile: readLock }, self: thisProcess, standingOf, askToEnd };

const readAt = async ({ readFile }: LockGround['files'], path: string): Promise<Owner | undefined> => {
  try {
    return readOwner(await readFile(path));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
};

export const createStackLock = (dir: string, ground: LockGround = REAL): StackLock => {
  const { files } = ground;
  const path = join(dir, 'lock');
  const after = ({ mark }: Owner): string => join(dir, `lock.after.${mark}`);
  let own: Owner | undefined;

  /** From the first owner to the last, who holds the lock. */
  const chain = async (): Promise<readonly Owner[]> => {
    const owners: Owner[] = [];
    for (let next = await readAt(files, path); next !== undefined; next = await readAt(files, after(next)))
      owners.push(next);
    return owners;
  };

  /** False: somebody else has that name. */
  const linkAs = async (made: string, name: string): Promise<boolean> => {
    try {
      await files.link(made, name);
      return true;
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') return false;
      throw thrown;
    }
  };

  const removeLeftOvers = async (): Promise<void> => {
    const names = await files.readdir(dir);
    await Promise.all(
      names
        .filter((name) => name.startsWith('lock.after.') || name.startsWith('lock.new.'))
        .map((name) => files.rm(join(dir, name), { force: true })),
    );
  };

  /** @returns whether it is held now; false: the state has changed meanwhile, look again @throws ChatopsError STACK_LOCKED */
  const attempt = async (made: string, me: Owner): Promise<boolean> => {
    const owners = await chain();
    const last = owners.at(-1);
    if (last === undefined) return linkAs(made, path);
    const standing = ground.standingOf(last);
    if (standing !== 'gone') throw held(last, standing, path);
    const mine = after(last);
    if (!(await linkAs(made, mine))) return false;
    // What was followed may have been replaced meanwhile: then this name leads nowhere.
    if ((await chain()).at(-1)?.mark !== me.mark) {
      await files.rm(mine, { force: true });
      return false;
    }
    await files.rename(mine, path);
    await removeLeftOvers();
    return true;
  };

  const take = async (engine: string | undefined): Promise<void> => {
    const me = { ...ground.self(randomUUID()), ...(engine === undefined ? {} : { staying: true, engine }) };
    const made = join(dir, `lock.new.${me.mark}`);
    let missing: unknown;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      try {
        // A run that ends at this moment may take the empty directory with it, or what it takes for left over.
        await makeDirectory(dir);
        await files.writeFile(made, `${JSON.stringify(me)}\n`, { mode: 0o600 });
        if (await attempt(made, me)) {
          own = me;
          return;
        }
      } catch (thrown) {
        if (codeOf(thrown) !== 'ENOENT') throw thrown;
        missing = thrown;
      } finally {
        await files.rm(made, { force: true }).catch(() => undefined);
      }
    }
    if (missing !== undefined) throw missing;
    throw new ChatopsError('STACK_LOCKED', { what: 'other runs begin and end on this stack all the time' });
  };

  /** The one that holds it and is not known to be gone. */
  const holder = async (): Promise<{ readonly owner: Owner; readonly standing: OwnerStanding } | undefined> => {
    const owner = (await chain()).at(-1);
    const standing = owner && ground.standingOf(owner);
    return owner === undefined || standing === undefined || standing === 'gone' ? undefined : { owner, standing };
  };

  /** The one that holds it to keep servers running, and is there. */
  const staying = async (): Promise<Owner | undefined> => {
    const found = await holder();
    return found?.owner.staying === true && found.standing === 'there' ? found.owner : undefined;
  };

  return {
    isHeld: async () => (await holder()) !== undefined,
    stayingOn: async () => (await staying())?.engine,
    endStaying: async () => {
      const owner = await staying();
      return owner !== undefined && ground.askToEnd(owner);
    },
    acquire: async (as = {}) => {
      try {
        await take(as.staying);
      } catch (thrown) {
        throw thrown instanceof ChatopsError ? thrown : unusable(dir, thrown);
      }
    },
    release: async () => {
      const me = own;
      own = undefined;
      // Of somebody else's nothing is taken away, whatever has happened to ours.
      if (me !== undefined && (await readAt(files, path))?.mark === me.mark) await files.rm(path, { force: true });
      // A refused first run leaves no trace; with anything in it the directory stays.
      await files.rmdir(dir).catch(() => undefined);
    },
  };
};
