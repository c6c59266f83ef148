import { gitlabVersionOf, imageVersion } from '../image-reference.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** Runner and GitLab are released together; another minor mostly works (a warning), another major is asking for it. */
export const runnerFitsGitLab: Rule = {
  name: 'runner-fits-gitlab',
  reads: ['images.gitlab', 'images.gitlab-runner', 'gitlab.kind', 'runner'],
  check: ({ config: { gitlab, images, runner } }) => {
    const server = imageVersion(images.gitlab);
    const client = imageVersion(images['gitlab-runner']);
    if (gitlab.kind !== 'bundled' || runner === undefined || server === undefined || client === undefined) return [];
    if (server.major === client.major && server.minor === client.minor) return [];
    const exact = gitlabVersionOf(images.gitlab) ?? `${server.major}.${server.minor}.0`;
    return [
      {
        path: ['images', 'gitlab-runner'],
        message: `${show(images['gitlab-runner'])} is of another version than ${show(images.gitlab)}`,
        fix: `set ${show(`gitlab/gitlab-runner:alpine-v${exact}`)}, or remove the line`,
        warning: server.major === client.major,
      },
    ];
  },
};
