/** Whether a stack directory is one that this user may trust: what stands in it is obeyed, and run. */
import { lstatSync, type Stats, statSync } from 'node:fs';
import { join } from 'node:path';
import { ChatopsError } from '../errors/chatops-error.ts';

export interface Running {
  /** Undefined where the system knows no users (Windows). */
  readonly uid: number | undefined;
  /** Who called `sudo`; undefined without it. */
  readonly sudoUid: number | undefined;
}

const ROOT = 0;

/** Root obeys nobody but root, and the user who called sudo. */
export const mayObey = (owner: number, { uid, sudoUid }: Running): boolean =>
  uid !== ROOT || owner === ROOT || owner === sudoUid;

/** @param env for SUDO_UID, which sudo sets (sudo(8)) */
export const running = (env: Readonly<Record<string, string | undefined>>): Running => ({
  uid: process.getuid?.(),
  sudoUid: /^\d+$/.test(env.SUDO_UID ?? '') ? Number(env.SUDO_UID) : undefined,
});

/** Undefined for what cannot be looked at: what is wrong with such a path is said where it is read or made. */
const look = (stat: (path: string) => Stats, path: string): Stats | undefined => {
  try {
    return stat(path);
  } catch {
    return undefined;
  }
};

/**
 * A directory that is not there yet is fine.
 * @param state the folder in it that every run writes to and removes from
 * @throws ChatopsError DIRECTORY_UNUSABLE for the directory of another user as root, and where `state` is a link
 */
export const requireOwnDirectory = (dir: string, state: string, user: Running): void => {
  const owner = look(statSync, dir)?.uid;
  if (owner !== undefined && !mayObey(owner, user)) {
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${dir} belongs to user ${owner}, and this runs as root`,
      why: 'that user could have everything done that root may do: chatops.yaml names files, images and code to load',
      next: `run it as that user (sudo -u '#${owner}' …), or take the directory over (chown root ${dir})`,
    });
  }
  const full = join(dir, state);
  if (look(lstatSync, full)?.isSymbolicLink() === true) {
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${full} is a symbolic link`,
      why: 'every run writes there and removes from it',
      next: 'move what it leads to there, or name the directory that holds it with --dir',
    });
  }
};
