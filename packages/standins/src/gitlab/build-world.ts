/** Joins the parts of one GitLab over its data directory. */
import { join } from 'node:path';
import type { ServerContext } from '../standin.ts';
import { groupChain } from './access.ts';
import { createRepositories } from './git/repositories.ts';
import { createDispatcher } from './hooks/dispatcher.ts';
import { externalUrlOf, isSinglePuma, settingsCacheSecondsOf, sshPortOf } from './omnibus-config.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { createSettingsCache, DEFAULT_CACHE_SECONDS } from './settings-cache.ts';
import { openState } from './state.ts';
import { createTraces } from './traces.ts';
import type { Features } from './version.ts';
import type { World } from './world.ts';

/** @param settingsCachedMs simulated; default: what the configuration says, or a minute */
export const buildWorld = (context: ServerContext, features: Features, settingsCachedMs: number | undefined): World => {
  const { dir, env, time, service, lookup } = context;
  const state = openState(join(dir, 'gitlab.jsonl'));
  const omnibus = env.GITLAB_OMNIBUS_CONFIG ?? '';
  const externalUrl = externalUrlOf(omnibus) ?? `http://${service}`;
  const settings = (): Settings => state.settings.get('current') ?? defaultSettings(features);
  const agesMs = settingsCachedMs ?? (settingsCacheSecondsOf(omnibus) ?? DEFAULT_CACHE_SECONDS) * 1_000;
  const sidekiq = createSettingsCache(settings, time, agesMs);
  const puma = createSettingsCache(settings, time, agesMs);
  // Of several workers another one answers the next request; a single one cleared its own copy as it wrote.
  const stale = isSinglePuma(omnibus) ? [sidekiq] : [sidekiq, puma];
  const world: World = {
    features,
    state,
    time,
    externalUrl,
    sshPort: sshPortOf(omnibus),
    repositories: createRepositories(join(dir, 'repositories'), state),
    hooks: createDispatcher({
      state,
      time,
      features,
      externalUrl,
      lookup,
      settings: { web: puma.read, queue: sidekiq.read },
      groupIdsOf: ({ namespace }) =>
        namespace.kind === 'group' ? groupChain(world, namespace.id).map(({ id }) => id) : [],
    }),
    settings,
    settingsOfWeb: puma.read,
    saveSettings: (next) => {
      const former = settings();
      state.settings.put('current', next);
      for (const cache of stale) cache.replaced(former);
    },
    traces: createTraces(join(dir, 'traces')),
    contacts: new Map(),
  };
  return world;
};
