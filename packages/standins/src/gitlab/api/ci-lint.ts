/** Whether a `.gitlab-ci.yml` is one: a text, or that of a project (gl:lib/api/lint.rb). */
import { ROLE, wantedProject } from '../access.ts';
import { CI_FILE, parseCiConfig } from '../ci/ci-config.ts';
import { checkParams } from '../http/params.ts';
import { ok } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';

const verdict = (text: string) => {
  const config = parseCiConfig(text);
  const valid = config.kind === 'valid';
  return ok({ valid, errors: valid ? [] : [config.problem], warnings: [], merged_yaml: text, includes: [] });
};

const ofProject = (call: Call) => {
  const project = wantedProject(call, ROLE.guest);
  const commit = call.world.repositories.resolve(project, String(call.params.content_ref ?? project.defaultBranch));
  const file = commit && call.world.repositories.file(project, commit, CI_FILE);
  return verdict(file?.toString('utf8') ?? '');
};

export const ciLintRoutes: readonly Route[] = [
  read('/projects/:id/ci/lint', ofProject),
  write('POST', '/projects/:id/ci/lint', (call) => {
    wantedProject(call, ROLE.developer);
    return verdict(checkParams(call.params, { content: { type: 'string', required: true } }).content);
  }),
];
