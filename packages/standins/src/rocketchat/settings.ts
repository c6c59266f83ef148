import type { SettingValue } from './documents.ts';
import { newId } from './ids.ts';
import { type SettingDefault, settingDefaults } from './setting-defaults.ts';
import type { State } from './state.ts';
import type { VersionTraits } from './version.ts';

export interface Settings {
  /** undefined: no such setting. */
  get(id: string): SettingValue | undefined;
  flag(id: string): boolean;
  number(id: string): number;
  text(id: string): string;
  set(id: string, value: SettingValue): void;
  defaultOf(id: string): SettingDefault | undefined;
  ids(): string[];
  isBlocked(id: string): boolean;
  isHidden(id: string): boolean;
}

type Env = Readonly<Record<string, string>>;

/**
 * A value from the environment: true and false become booleans whatever the type, `int` is parsed, `multiSelect` is
 * JSON, the rest stays text (RocketChat/Rocket.Chat:apps/meteor/app/settings/server/functions/convertValue.ts).
 */
const fromEnvironment = (text: string, type: SettingDefault['type']): SettingValue => {
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (type === 'int') return Number.parseInt(text, 10);
  if (type === 'multiSelect') return JSON.parse(text) as readonly string[];
  return text;
};

const list = (text: string | undefined): ReadonlySet<string> =>
  new Set((text ?? '').split(',').map((part) => part.trim()));

/**
 * Inserts what is missing (a plain variable of a setting's name is its first value), then lets `OVERWRITE_SETTING_*`
 * overrule what is stored: at every start, as the real server does.
 */
export const openSettings = (state: State, env: Env, traits: VersionTraits): Settings => {
  const defaults = settingDefaults(traits);
  const { settings } = state;
  const put = (id: string, value: SettingValue) => settings.put(id, { _id: id, value });

  for (const [id, { value, type }] of Object.entries(defaults)) {
    const first = id === 'Site_Url' ? (env.ROOT_URL ?? '') : id === 'uniqueID' ? newId() : value;
    const given = env[id];
    if (settings.get(id) === undefined) put(id, given === undefined ? first : fromEnvironment(given, type));
    const overwrite = env[`OVERWRITE_SETTING_${id}`];
    if (overwrite === undefined) continue;
    const wanted = fromEnvironment(overwrite, type);
    if (settings.get(id)?.value !== wanted) put(id, wanted);
  }

  const blocked = list(env.SETTINGS_BLOCKED);
  const hidden = list(env.SETTINGS_HIDDEN);
  const get = (id: string) => settings.get(id)?.value;
  return {
    get,
    flag: (id) => get(id) === true,
    number: (id) => Number(get(id)),
    text: (id) => String(get(id) ?? ''),
    set: (id, value) => put(id, value),
    defaultOf: (id) => (Object.hasOwn(defaults, id) ? defaults[id] : undefined),
    ids: () => Object.keys(defaults),
    isBlocked: (id) => blocked.has(id),
    isHidden: (id) => hidden.has(id),
  };
};
