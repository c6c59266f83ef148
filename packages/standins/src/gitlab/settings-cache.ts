/**
 * The settings as one of GitLab's processes sees them. Each keeps its own copy for `application_settings_cache_seconds`,
 * 60 by default, and a write clears that of the process that wrote alone (gl:app/models/concerns/cacheable_attributes.rb,
 * gl:lib/gitlab/process_memory_cache.rb). Played at its worst: the copy was made just before the write.
 */
import type { SimulatedTime } from '../kit/simulated-time.ts';
import type { Settings } from './settings.ts';

export const DEFAULT_CACHE_SECONDS = 60;

export interface SettingsCache {
  /** What this process goes by now. */
  read(): Settings;
  /** Another process has replaced these settings. */
  replaced(former: Settings): void;
}

/** @param agesMs simulated time for which a copy is gone by */
export const createSettingsCache = (latest: () => Settings, time: SimulatedTime, agesMs: number): SettingsCache => {
  let copy: { readonly settings: Settings; readonly until: number } | undefined;
  const valid = () => (copy !== undefined && time.now() < copy.until ? copy : undefined);
  return {
    read: () => valid()?.settings ?? latest(),
    replaced: (former) => {
      copy = valid() ?? { settings: former, until: time.now() + agesMs };
    },
  };
};
