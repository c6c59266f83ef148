import type { Config } from '../../src/config/config.ts';
import { defaultConfig } from '../../src/config/defaults.ts';

/** Overrides of whole parts, or of single keys of the parts that are mappings. */
export type ConfigOverrides = Partial<Omit<Config, 'ports' | 'admin' | 'chat' | 'mongo' | 'images' | 'gitlab'>> & {
  readonly ports?: Partial<Config['ports']>;
  readonly admin?: Partial<Config['admin']>;
  readonly chat?: Partial<Config['chat']>;
  readonly gitlab?: Partial<Config['gitlab']>;
  readonly mongo?: Partial<Config['mongo']>;
  readonly images?: Readonly<Record<string, string>>;
};

/** The default configuration, with what the test is about put over it. */
export const aConfig = (overrides: ConfigOverrides = {}): Config => {
  const base = defaultConfig();
  return {
    ...base,
    ...overrides,
    ports: { ...base.ports, ...overrides.ports },
    admin: { ...base.admin, ...overrides.admin },
    chat: { ...base.chat, ...overrides.chat },
    gitlab: { ...base.gitlab, ...overrides.gitlab },
    mongo: { ...base.mongo, ...overrides.mongo },
    images: { ...base.images, ...overrides.images },
  };
};

/** The default configuration without a runner. */
export const aConfigWithoutRunner = (overrides: ConfigOverrides = {}): Config => {
  const { runner: _left, ...rest } = aConfig(overrides);
  return rest;
};

/** The default configuration against an existing GitLab. */
export const aConfigWithExternalGitLab = (url = 'https://git.example.org', overrides: ConfigOverrides = {}): Config =>
  aConfig({ ...overrides, gitlab: { kind: 'external', url, ...overrides.gitlab } });
