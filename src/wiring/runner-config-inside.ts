/** The runner's files as a job inside the network has them: the current one in the runner's own volume. */
import { createFiles } from '../adapters/files.ts';
import { createRunnerConfig } from '../parts/gitlab-runner/client/runner-config.ts';
import type { RunnerConfigFile } from '../parts/gitlab-runner/runner-config.ts';

const ROOT = '/etc';
const FOLDER = 'gitlab-runner';
const TEMPLATE = `${FOLDER}/config.toml`;

/** @param rendered path in the stack directory → text of the rendered file; undefined when there is none */
export const runnerConfigInside = (rendered: (path: string) => Promise<string | undefined>): RunnerConfigFile => {
  const paths = { folder: FOLDER, template: TEMPLATE };
  const current = createRunnerConfig(createFiles(ROOT), paths);
  const { template } = createRunnerConfig({ ...createFiles(ROOT), read: rendered }, paths);
  return { ...current, template };
};
