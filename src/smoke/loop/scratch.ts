/** The project a loop is run on: made for it, marked, and removed whatever happens. */
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { GitLabClient, GitLabProject } from '../../ports/gitlab.ts';
import { markOf } from '../../stack/names.ts';
import type { Stack } from '../../stack/stack.ts';

export interface Scratch {
  /** Path it is asked for under: with its folder, or the bare name for the token's own namespace. */
  readonly path: string;
  readonly name: string;
  /** The mark, unique by its random word. */
  readonly description: string;
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

/** Where the stack's runner works: its group, beside its project, or anywhere. */
const folderFor = ({ config }: Stack): string => {
  const scope = config.runner?.scope ?? { kind: 'instance' };
  if (scope.kind === 'instance') return '';
  return scope.kind === 'group' ? scope.path : folderOf(scope.path);
};

export const planScratch = (stack: Stack, word: string, now: Date): Scratch => {
  const name = `chatops-smoke-${word}`;
  const folder = folderFor(stack);
  return {
    name,
    path: folder === '' ? name : `${folder}/${name}`,
    description: `Made by chatops-up smoke [${markOf(stack.config)} smoke ${word}] at ${now.toISOString()}; may be deleted`,
  };
};

/** JSON strings are YAML strings: no tag can break out. */
export const scratchCi = (tags: readonly string[], word: string): string =>
  [
    '# Made by chatops-up smoke --loop; the project is removed when it ends.',
    'smoke:',
    ...(tags.length === 0 ? [] : [`  tags: ${JSON.stringify(tags)}`]),
    '  script:',
    `    - echo ${JSON.stringify(`smoke ${word}`)}`,
    '',
  ].join('\n');

/** By its number where that is known; else by the mark, as the answer to its making may have been lost. */
export const removeScratch = async (
  client: GitLabClient,
  scratch: Scratch,
  project: GitLabProject | undefined,
  signal: AbortSignal,
): Promise<string> => {
  const found =
    project ?? (await client.listProjects(signal)).find(({ description }) => description === scratch.description);
  if (!found) return 'it was never made';
  await client.deleteProject(found.id, signal);
  return `${found.path} is removed`;
};

export const notRemoved = (scratch: Scratch, isMade: boolean, thrown: ChatopsError): ChatopsError =>
  new ChatopsError(thrown.code === 'INTERNAL' ? 'JOB_FAILED' : thrown.code, {
    what: isMade
      ? `the scratch project ${scratch.path} could not be removed`
      : `it is not known whether the scratch project ${scratch.path} was made`,
    why: thrown.message,
    next: `delete the project ${scratch.name} in GitLab${isMade ? '' : ' if it is there'}`,
    cause: thrown,
  });
