/** Which parts of the whole stack a configuration asks for: the only place where its variations are told apart. */

import type { Config } from '../config/config.ts';
import { sectionOf } from '../config/section.ts';
import { CHAT } from '../contracts/sections/chat.ts';
import { DATABASE } from '../contracts/sections/database.ts';
import { FORGE } from '../contracts/sections/forge.ts';
import { RUNNER, type RunnerConfig } from '../contracts/sections/runner.ts';

/** Chat and its database are containers of ours. */
export const bundlesChat = (config: Config): boolean => sectionOf(config, CHAT).url === undefined;

/** Chat of ours on a replica set of ours. */
export const bundlesMongo = (config: Config): boolean =>
  bundlesChat(config) && sectionOf(config, DATABASE).kind === 'bundled';

export const bundlesGitLab = (config: Config): boolean => sectionOf(config, FORGE).kind === 'bundled';

export const usesGitLab = (config: Config): boolean => sectionOf(config, FORGE).kind !== 'none';

/** Undefined without a GitLab: a runner would have nobody to work for. */
export const wantedRunner = (config: Config): RunnerConfig | undefined =>
  usesGitLab(config) ? sectionOf(config, RUNNER) : undefined;

export const announces = (config: Config): boolean =>
  usesGitLab(config) && sectionOf(config, FORGE).announce.length > 0;

/** What a forge delivers is taken by a service of the stack instead of the chat itself. */
export const usesRelay = (config: Config): boolean => announces(config) && sectionOf(config, CHAT).receiver === 'relay';
