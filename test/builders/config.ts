import type { Config } from '../../src/config/config.ts';
import { ADMIN, type AdminConfig } from '../../src/contracts/sections/admin.ts';
import { CHAT, type ChatConfig } from '../../src/contracts/sections/chat.ts';
import { DATABASE, type DatabaseConfig } from '../../src/contracts/sections/database.ts';
import { FORGE, type ForgeConfig } from '../../src/contracts/sections/forge.ts';
import { NOTIFIER, type NotifierConfig } from '../../src/contracts/sections/notifier.ts';
import { RUNNER, type RunnerConfig } from '../../src/contracts/sections/runner.ts';
import { rocketchatKind } from '../../src/parts/rocketchat/kind.ts';
import { defaultConfig } from '../../src/wiring/own-house.ts';

/** Overrides of whole parts, or of single keys of the parts that are mappings. */
export type ConfigOverrides = Partial<Omit<Config, 'ports' | 'images'>> & {
  readonly ports?: Readonly<Record<string, number>>;
  readonly admin?: Partial<AdminConfig>;
  readonly chat?: Partial<ChatConfig>;
  readonly gitlab?: Partial<ForgeConfig>;
  readonly notifier?: NotifierConfig;
  readonly runner?: Partial<RunnerConfig>;
  readonly mongo?: Partial<DatabaseConfig>;
  readonly images?: Readonly<Record<string, string>>;
};

/** The default configuration, with what the test is about put over it. */
export const aConfig = (overrides: ConfigOverrides = {}): Config => {
  const base = defaultConfig();
  const { admin, chat, gitlab, notifier, runner, mongo, sections, ...rest } = overrides;
  const of = (key: string, over: object | undefined) => ({ [key]: { ...(base.sections[key] as object), ...over } });
  return {
    ...base,
    ...rest,
    ports: { ...base.ports, ...overrides.ports },
    images: { ...base.images, ...overrides.images },
    sections: {
      ...of(ADMIN.key, admin),
      ...of(CHAT.key, chat),
      ...of(FORGE.key, gitlab),
      ...of(NOTIFIER.key, notifier),
      ...of(RUNNER.key, runner),
      ...of(DATABASE.key, mongo),
      ...sections,
    },
  };
};

/** What stands under `chat` for Rocket.Chat alone, with its defaults. */
export const rocketchatSettings = (written: Readonly<Record<string, unknown>>): unknown =>
  rocketchatKind.settings?.complete(written);

/** The default configuration without a runner. */
export const aConfigWithoutRunner = (overrides: ConfigOverrides = {}): Config => {
  const { sections, ...rest } = aConfig(overrides);
  const { [RUNNER.key]: _left, ...others } = sections;
  return { ...rest, sections: others };
};

/** The default configuration against an existing GitLab. */
export const aConfigWithExternalGitLab = (url = 'https://git.example.org', overrides: ConfigOverrides = {}): Config =>
  aConfig({ ...overrides, gitlab: { kind: 'external', url, ...overrides.gitlab } });
