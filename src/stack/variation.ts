/** Which parts of the whole stack a configuration asks for: the only place where its variations are told apart. */
import type { Config, RunnerConfig } from '../config/config.ts';

/** Chat and its database are containers of ours. */
export const bundlesChat = ({ chat }: Config): boolean => chat.url === undefined;

/** Chat of ours on a replica set of ours. */
export const bundlesMongo = (config: Config): boolean => bundlesChat(config) && config.mongo.kind === 'bundled';

export const bundlesGitLab = ({ gitlab }: Config): boolean => gitlab.kind === 'bundled';

export const usesGitLab = ({ gitlab }: Config): boolean => gitlab.kind !== 'none';

/** Undefined without a GitLab: a runner would have nobody to work for. */
export const wantedRunner = (config: Config): RunnerConfig | undefined =>
  usesGitLab(config) ? config.runner : undefined;

export const announces = (config: Config): boolean => usesGitLab(config) && config.gitlab.announce.length > 0;

/** What a forge delivers is taken by a service of the stack instead of the chat itself. */
export const usesRelay = (config: Config): boolean => announces(config) && config.chat.receiver === 'relay';
