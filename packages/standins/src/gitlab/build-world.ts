/** Joins the parts of one GitLab over its data directory. */
import { join } from 'node:path';
import type { ServerContext } from '../standin.ts';
import { groupChain } from './access.ts';
import { createRepositories } from './git/repositories.ts';
import { createDispatcher } from './hooks/dispatcher.ts';
import { externalUrlOf } from './omnibus-config.ts';
import { defaultSettings, type Settings } from './settings.ts';
import { openState } from './state.ts';
import { createTraces } from './traces.ts';
import type { Features } from './version.ts';
import type { World } from './world.ts';

/** @param settingsCachedMs simulated time for which the hook checks go on with old settings; UNVERIFIED how long it is */
export const buildWorld = (context: ServerContext, features: Features, settingsCachedMs: number): World => {
  const { dir, env, time, service, lookup } = context;
  const state = openState(join(dir, 'gitlab.jsonl'));
  const externalUrl = externalUrlOf(env.GITLAB_OMNIBUS_CONFIG ?? '') ?? `http://${service}`;
  const settings = (): Settings => state.settings.get('current') ?? defaultSettings(features);
  let cached = { settings: settings(), until: 0 };
  const settingsForHooks = (): Settings => {
    if (time.now() >= cached.until) cached = { settings: settings(), until: time.now() + settingsCachedMs };
    return cached.settings;
  };
  const world: World = {
    features,
    state,
    time,
    externalUrl,
    repositories: createRepositories(join(dir, 'repositories'), state),
    hooks: createDispatcher({
      state,
      time,
      features,
      externalUrl,
      lookup,
      settings: settingsForHooks,
      groupIdsOf: ({ namespace }) =>
        namespace.kind === 'group' ? groupChain(world, namespace.id).map(({ id }) => id) : [],
    }),
    settings,
    settingsForHooks,
    saveSettings: (next) => state.settings.put('current', next),
    traces: createTraces(join(dir, 'traces')),
    contacts: new Map(),
  };
  return world;
};
