/** The `actions` of a commit: create, update, delete, move, chmod, each refused when the file's state does not fit. */

import type { FileChange } from '../git/repositories.ts';
import { entryAt } from '../git/tree.ts';
import type { RawParams } from '../http/params.ts';
import { badParameter, Refusal } from '../http/reply.ts';
import type { Commit, Project } from '../model.ts';
import type { World } from '../world.ts';

const refused = (message: string) => new Refusal(400, { message });

const contentOf = (action: RawParams): Buffer =>
  Buffer.from(String(action.content ?? ''), action.encoding === 'base64' ? 'base64' : 'utf8');

/** No absolute path, no `..`, nothing inside a `.git` folder. */
const isSafePath = (path: string): boolean =>
  path !== '' &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part.toLowerCase() !== '.git');

export const changesOfActions = (
  world: World,
  project: Project,
  head: Commit | undefined,
  actions: readonly RawParams[],
): readonly FileChange[] => {
  const has = (path: string) => entryAt(head?.tree, path) !== undefined;
  const present = (path: string) => {
    if (!has(path)) throw refused("A file with this name doesn't exist");
  };
  const old = (path: string) => (head === undefined ? undefined : world.repositories.file(project, head, path));

  return actions.flatMap((action): readonly FileChange[] => {
    const path = String(action.file_path ?? '');
    if (!isSafePath(path)) throw refused('Invalid path');
    switch (action.action) {
      case 'create':
        if (has(path)) throw refused('A file with this name already exists');
        return [{ path, content: contentOf(action), executable: action.execute_filemode === true }];
      case 'update':
        present(path);
        return [{ path, content: contentOf(action) }];
      case 'delete':
        present(path);
        return [{ path }];
      case 'chmod':
        present(path);
        return [{ path, content: old(path) ?? Buffer.alloc(0), executable: action.execute_filemode === true }];
      case 'move': {
        const from = String(action.previous_path ?? '');
        present(from);
        const content = action.content === undefined ? old(from) : contentOf(action);
        return [{ path: from }, { path, content: content ?? Buffer.alloc(0) }];
      }
      default:
        throw badParameter('actions[0][action] does not have a valid value');
    }
  });
};
