import type { Files } from '../../../contracts/files.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { RunnerConfigFile } from '../runner-config.ts';

export interface RunnerConfigPaths {
  /** Folder of the current config.toml, as `files` sees it. */
  readonly folder: string;
  /** The rendered file. */
  readonly template: string;
}

/** The runner's config.toml and system id as plain files. */
export const createRunnerConfig = (files: Files, paths: RunnerConfigPaths): RunnerConfigFile => ({
  read: () => files.read(`${paths.folder}/config.toml`),
  write: (text) => files.write(`${paths.folder}/config.toml`, text, 0o600),
  template: async () => {
    const text = await files.read(paths.template);
    if (text !== undefined) return text;
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${paths.template} is not there`,
      why: 'the runner is configured from it',
      next: 'run `chatops-up render`',
    });
  },
  systemId: async () => (await files.read(`${paths.folder}/.runner_system_id`))?.trim() || undefined,
});
