/** Projects that a bundled GitLab must have, with the groups they lie in and their first file. */

import type { ForgeProject } from '../../../contracts/forge.ts';
import { CI_FILE, ciFile, tagsOfOurs } from './ci-file.ts';
import type { GitLabChange, GitLabSeen } from './model.ts';
import type { GitLabSetupSpec } from './spec.ts';

/** `a/b/c` → `a`, `a/b`: the folders a project lies in, outermost first. */
export const foldersOf = (path: string): readonly string[] => {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const ourDescription = (mark: string): string => `Made by ${mark}.`;
export const isOurs = (description: string, mark: string): boolean => description.includes(ourDescription(mark));

const groupChange = (path: string, project: string, mark: string): GitLabChange => ({
  what: 'group',
  action: 'create',
  resource: 'group',
  name: path,
  cause: `project ${project} lies in it, and there is none`,
  path,
  description: ourDescription(mark),
});

const projectChange = (path: string, mark: string): GitLabChange => ({
  what: 'project',
  action: 'create',
  resource: 'project',
  name: path,
  cause: 'chatops.yaml names it, and there is none',
  path,
  description: ourDescription(mark),
});

const fileChange = (path: string, tags: readonly string[]): GitLabChange => ({
  what: 'ci-file',
  action: 'create',
  resource: 'file',
  name: `${path}/${CI_FILE.path}`,
  cause: 'the project is ours and empty: without it no pipeline can run',
  project: path,
  content: ciFile(tags),
});

/** A runner that takes jobs with tags only would leave a file without them waiting for ever; one that was changed is its owner's. */
const tagsChange = (
  { path, defaultBranch = CI_FILE.branch }: ForgeProject,
  text: string | undefined,
  tags: readonly string[],
): readonly GitLabChange[] => {
  const before = text === undefined ? undefined : tagsOfOurs(text);
  const isTaken = before !== undefined && before.length > 0 && before.every((tag) => tags.includes(tag));
  if (before === undefined || isTaken) return [];
  const has = before.length === 0 ? 'none' : before.join(', ');
  return [
    {
      what: 'ci-tags',
      action: 'update',
      resource: 'file',
      name: `${path}/${CI_FILE.path}`,
      cause: `it is as we made it, and the runner takes jobs with the tags ${tags.join(', ')} only; it has ${has}`,
      project: path,
      branch: defaultBranch,
      content: ciFile(tags),
    },
  ];
};

export const decideProjects = (spec: GitLabSetupSpec, seen: GitLabSeen): readonly GitLabChange[] => {
  if (spec.external) return [];
  const groups = [...seen.groups];
  return spec.projects.flatMap((path): readonly GitLabChange[] => {
    const found = seen.projects.find((project) => same(project.path, path));
    const tags = spec.jobTags ?? [];
    if (found) {
      const isNew = isOurs(found.description, spec.mark) && found.defaultBranch === undefined;
      if (isNew) return [fileChange(path, tags)];
      return spec.jobTags ? tagsChange(found, seen.ciFiles.get(found.path), spec.jobTags) : [];
    }
    const missing = foldersOf(path).filter((folder) => !groups.some((group) => same(group, folder)));
    groups.push(...missing);
    return [
      ...missing.map((folder) => groupChange(folder, path, spec.mark)),
      projectChange(path, spec.mark),
      fileChange(path, tags),
    ];
  });
};
