import { imageVersion } from '../../../config/image-reference.ts';
import { imageNamed } from '../../../config/named.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';
import { RUNNER } from '../../../contracts/sections/runner.ts';
import { gitlabVersionOf, runnerImageFor } from '../image.ts';

/** Runner and GitLab are released together; another minor mostly works (a warning), another major is asking for it. */
export const runnerFitsGitLab: Rule = {
  name: 'runner-fits-gitlab',
  reads: ['images.gitlab', 'images.gitlab-runner', 'gitlab.kind', 'runner'],
  check: ({ config }) => {
    const [gitlab, runner] = [imageNamed(config, 'gitlab'), imageNamed(config, 'gitlab-runner')];
    const [server, client] = [imageVersion(gitlab), imageVersion(runner)];
    const isOurs = sectionOf(config, FORGE).kind === 'bundled';
    if (!isOurs || sectionOf(config, RUNNER) === undefined || server === undefined || client === undefined) return [];
    if (server.major === client.major && server.minor === client.minor) return [];
    const exact = gitlabVersionOf(gitlab) ?? `${server.major}.${server.minor}.0`;
    return [
      {
        path: ['images', 'gitlab-runner'],
        message: `${show(runner)} is of another version than ${show(gitlab)}`,
        fix: `set ${show(runnerImageFor(exact))}, or remove the line`,
        warning: server.major === client.major,
      },
    ];
  },
};
