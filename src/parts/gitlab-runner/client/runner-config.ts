import type { Files } from '../../../contracts/files.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { RunnerConfigFile } from '../runner-config.ts';

export interface RunnerConfigPlaces {
  /** Folder of the current config.toml, as `files` sees it. */
  readonly folder: string;
  /** The rendered file. */
  readonly template: string;
}

/** The runner's config.toml and system id as plain files. */
export const createRunnerConfig = (files: Files, places: RunnerConfigPlaces): RunnerConfigFile => ({
  read: () => files.read(`${places.folder}/config.toml`),
  write: (text) => files.write(`${places.folder}/config.toml`, text, 0o600),
  template: async () => {
    const text = await files.read(places.template);
    if (text !== undefined) return text;
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${places.template} is not there`,
      why: 'the runner is configured from it',
      next: 'run `chatops-up render`',
    });
  },
  systemId: async () => (await files.read(`${places.folder}/.runner_system_id`))?.trim() || undefined,
});
