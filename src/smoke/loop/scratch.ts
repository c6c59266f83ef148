/** The project a loop is run on: made for it, marked, and told apart from everybody else's. Pure. */

import type { ForgeProject } from '../../contracts/forge.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { Stack } from '../../stack/stack.ts';

export interface Scratch {
  /** Path it is asked for under: with its folder, or the bare name for the token's own namespace. */
  readonly path: string;
  readonly name: string;
  /** The mark, unique by its random word, and when its run must have ended. */
  readonly description: string;
}

export interface ScratchTimes {
  readonly now: Date;
  /** For the whole run, ms. */
  readonly withinMs: number;
}

/** What every scratch project's name begins with. */
export const SCRATCH_PREFIX = 'chatops-smoke-';
/** After its deadline a run still removes its project; and the clocks of two machines may differ, ms. */
const GRACE_MS = 120_000;

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Where the stack's runner works: its group, beside its project, or anywhere. */
const folderFor = (stack: Stack): string => {
  const scope = stack.offers.runner?.scope ?? { kind: 'instance' };
  if (scope.kind === 'instance') return '';
  return scope.kind === 'group' ? scope.path : folderOf(scope.path);
};

export const planScratch = (stack: Stack, word: string, { now, withinMs }: ScratchTimes): Scratch => {
  const name = `${SCRATCH_PREFIX}${word}`;
  const folder = folderFor(stack);
  const mark = `${stack.mark} smoke ${word}`;
  const gone = new Date(now.getTime() + withinMs + GRACE_MS);
  return {
    name,
    path: folder === '' ? name : `${folder}/${name}`,
    description: `Made by chatops-up smoke [${mark}] at ${now.toISOString()}, gone by ${gone.toISOString()}; may be deleted`,
  };
};

const DESCRIPTION =
  /^Made by chatops-up smoke \[(?<mark>[^\]]+) smoke (?<word>[a-z]+)\] at (?<at>\S+), gone by (?<gone>\S+); may be deleted$/;

/**
 * When the run began that has left this project behind; undefined for every other project: a user's, another
 * stack's, one whose run may still be at work, one that the forge deletes already (that renames it).
 */
export const leftBehind = (
  { mark: ours }: Pick<Stack, 'mark'>,
  { path, description }: Pick<ForgeProject, 'path' | 'description'>,
  now: Date,
): string | undefined => {
  const { mark, word, at, gone = '' } = DESCRIPTION.exec(description)?.groups ?? {};
  const isOurs = mark === ours && path.slice(path.lastIndexOf('/') + 1) === `${SCRATCH_PREFIX}${word}`;
  return isOurs && Date.parse(gone) < now.getTime() ? at : undefined;
};

/** In the one file of the project. */
export const SCRATCH_COMMENT = 'Made by chatops-up smoke --loop; the project is removed when it ends.';

export const notRemoved = (scratch: Scratch, title: string, isMade: boolean, thrown: ChatopsError): ChatopsError =>
  new ChatopsError(thrown.code === 'INTERNAL' ? 'JOB_FAILED' : thrown.code, {
    what: isMade
      ? `the scratch project ${scratch.path} could not be removed`
      : `it is not known whether the scratch project ${scratch.path} was made`,
    why: thrown.message,
    next: `delete the project ${scratch.name} in ${title}${isMade ? '' : ' if it is there'}`,
    cause: thrown,
  });
