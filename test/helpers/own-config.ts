import type { Config } from '../../src/config/config.ts';
import { type LoadedConfig, loadConfig } from '../../src/config/load.ts';
import { sectionOf } from '../../src/config/section.ts';
import { ADMIN } from '../../src/contracts/sections/admin.ts';
import { CHAT } from '../../src/contracts/sections/chat.ts';
import { DATABASE } from '../../src/contracts/sections/database.ts';
import { FORGE } from '../../src/contracts/sections/forge.ts';
import { NOTIFIER } from '../../src/contracts/sections/notifier.ts';
import { RUNNER } from '../../src/contracts/sections/runner.ts';
import { ownAdditions } from '../../src/wiring/own-house.ts';

/** A chatops.yaml with what our own parts add to it. */
export const loadOwn = (text: string): LoadedConfig => loadConfig(text, 'chatops.yaml', ownAdditions());

/** A configuration with what our own parts say in it, by their keys in chatops.yaml. */
export const spelledOut = (config: Config) => {
  const runner = sectionOf(config, RUNNER);
  return {
    ...config,
    admin: sectionOf(config, ADMIN),
    chat: sectionOf(config, CHAT),
    gitlab: sectionOf(config, FORGE),
    notifier: sectionOf(config, NOTIFIER),
    mongo: sectionOf(config, DATABASE),
    ...(runner === undefined ? {} : { runner }),
  };
};

/** Both: what a chatops.yaml comes to. */
export const ownConfigOf = (text: string) => spelledOut(loadOwn(text).config);
