/** Which parts of the whole stack a configuration asks for: the only place that distinguishes its variations. */

import type { Config } from '../config/config.ts';
import { sectionOf } from '../config/section.ts';
import { CHAT } from '../contracts/sections/chat.ts';
import { DATABASE } from '../contracts/sections/database.ts';
import { FORGE } from '../contracts/sections/forge.ts';
import { RUNNER, type RunnerConfig } from '../contracts/sections/runner.ts';

/** The chat is a container of ours, and so is its database unless it exists already. */
export const bundlesChat = (config: Config): boolean => sectionOf(config, CHAT).url === undefined;

/** Chat of ours on a replica set of ours. */
export const bundlesDatabase = (config: Config): boolean =>
  bundlesChat(config) && !wantsSql(config) && sectionOf(config, DATABASE).kind === 'bundled';

/** A chat of ours keeps what it knows in a database that speaks SQL. */
export const wantsSql = (config: Config): boolean => bundlesChat(config) && sectionOf(config, CHAT).stores === 'sql';

export const bundlesForge = (config: Config): boolean => sectionOf(config, FORGE).kind === 'bundled';

export const usesForge = (config: Config): boolean => sectionOf(config, FORGE).kind !== 'none';

/** Undefined without a forge: a runner would have no jobs to run. */
export const wantedRunner = (config: Config): RunnerConfig | undefined =>
  usesForge(config) ? sectionOf(config, RUNNER) : undefined;

export const announces = (config: Config): boolean => usesForge(config) && sectionOf(config, FORGE).announce.length > 0;

/** What a forge delivers is taken by a service of the stack instead of the chat itself. */
export const usesRelay = (config: Config): boolean => announces(config) && sectionOf(config, CHAT).receiver === 'relay';
