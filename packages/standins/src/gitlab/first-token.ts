/**
 * What `GITLAB_POST_RECONFIGURE_SCRIPT` with a `gitlab-rails runner` text does to the tokens named by the environment:
 * once there they stay; a text that breaks a rule of tokens ends the container (init-container runs under `set -e`).
 */
import { join } from 'node:path';
import { openStore } from '../kit/store.ts';
import { createToken, dateInDays } from './accounts.ts';
import { SCOPES } from './api/tokens.ts';
import { findToken } from './http/auth.ts';
import type { AccessToken } from './model.ts';
import { digestOf } from './state.ts';
import type { World } from './world.ts';

const TOKEN_LENGTH = 20;
const MAX_DAYS = 365;

/** Scopes named anywhere in the text; `api` when it names none. */
const scopesIn = (text: string): readonly string[] => {
  const named = SCOPES.filter((scope) => new RegExp(`(?<![a-z_])${scope}(?![a-z_])`).test(text));
  return named.length === 0 ? ['api'] : named;
};

interface Preset {
  readonly variable: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** The only one of a text without a table. */
const FIRST = 'CHATOPS_GITLAB_TOKEN';

/** A row of a table in the text: `"VARIABLE" => ["name", ["scope", "scope"]]`. */
const ROW = /"(\w+)"\s*=>\s*\["([^"]+)",\s*\[([^\]]*)\]\]/g;

const presetsIn = (script: string): readonly Preset[] => {
  const rows = [...script.matchAll(ROW)].map(
    ([, variable = '', name = '', scopes = '']): Preset => ({ variable, name, scopes: scopesIn(scopes) }),
  );
  return rows.length === 0 ? [{ variable: FIRST, name: nameIn(script), scopes: scopesIn(script) }] : rows;
};

/** `365.days`, `1.year`; default a year less a day. */
const daysIn = (script: string): number => {
  const days = /(\d+)\.days?/.exec(script)?.[1];
  const years = /(\d+)\.years?/.exec(script)?.[1];
  if (days !== undefined) return Number(days);
  return years === undefined ? MAX_DAYS - 1 : Number(years) * MAX_DAYS;
};

const nameIn = (script: string): string => /name:\s*["']([^"']+)["']/.exec(script)?.[1] ?? 'chatops-up';

/** A text that also sets the expiry of a token it finds makes an old one young again; a revoked one stays dead. */
const renew = (world: World, token: AccessToken, script: string): void => {
  if (token.revoked || !/\.expires_at\s*=/.test(script)) return;
  const expiresAt = dateInDays(world, Math.min(MAX_DAYS, daysIn(script)));
  if (token.expiresAt !== expiresAt) world.state.tokens.put(String(token.id), { ...token, expiresAt });
};

/** One that revokes the others of the same name ends what was good before; another one leaves them alive. */
const revokeOthers = (world: World, script: string, { name }: Preset, value: string): void => {
  const kept = findToken(world, value);
  if (kept === undefined || !/revoke!/.test(script)) return;
  for (const token of world.state.tokens.all())
    if (token.userId === kept.userId && token.name === name && token.id !== kept.id)
      world.state.tokens.put(String(token.id), { ...token, revoked: true });
};

const setToken = (world: World, script: string, { name, scopes }: Preset, value: string): string | undefined => {
  const found = findToken(world, value);
  if (found !== undefined) {
    renew(world, found, script);
    return undefined;
  }
  const root = world.state.users.all().find(({ username }) => username === 'root');
  if (root === undefined)
    return "GITLAB_POST_RECONFIGURE_SCRIPT failed: undefined method `personal_access_tokens' for nil";
  if (value.length !== TOKEN_LENGTH)
    return `GITLAB_POST_RECONFIGURE_SCRIPT failed: a preset token must have exactly ${TOKEN_LENGTH} characters`;
  const days = daysIn(script);
  if (days > MAX_DAYS)
    return `GITLAB_POST_RECONFIGURE_SCRIPT failed: Validation failed: Expires at must be before ${dateInDays(world, MAX_DAYS)}`;
  createToken(world, root, {
    name,
    scopes,
    expiresAt: dateInDays(world, days),
    value,
  });
  return undefined;
};

/** Half a year (`-mtime -180`), ms. */
const MARKED_FOR_MS = 180 * 86_400_000;

interface Marker {
  readonly digest: string;
  readonly at: number;
}

/** Does what the marker says must be done, and keeps it in its volume: beside the database, or elsewhere. */
const unlessMarked = (
  world: World,
  place: { readonly dir: string; readonly path: string },
  digest: string,
  work: () => string | undefined,
): string | undefined => {
  const volume = place.path.startsWith('/var/opt/gitlab/') ? 'data' : 'config';
  const store = openStore(join(place.dir, `${volume}.jsonl`));
  const markers = store.collection<Marker>('markers');
  const known = markers.get(place.path);
  const isFresh = known?.digest === digest && world.time.now() - known.at < MARKED_FOR_MS;
  const problem = isFresh ? undefined : work();
  if (!isFresh && problem === undefined) markers.put(place.path, { digest, at: world.time.now() });
  store.close();
  return problem;
};

/**
 * Undefined when the script came through; else why the container ends.
 * @param env what its container has; a token whose variable is not set is not made
 */
export const runFirstTokenScript = (
  world: World,
  dir: string,
  script: string,
  env: Readonly<Record<string, string>>,
): string | undefined => {
  const given = presetsIn(script).flatMap((preset) => {
    const value = env[preset.variable] ?? '';
    return value === '' ? [] : [{ preset, value }];
  });
  if (given.length === 0) return undefined;
  const work = (): string | undefined => {
    for (const { preset, value } of given) {
      const problem = setToken(world, script, preset, value);
      if (problem !== undefined) return problem;
      revokeOthers(world, script, preset, value);
    }
    return undefined;
  };
  const path = /^marker=(\S+)$/m.exec(script)?.[1];
  const digest = digestOf(given.map(({ value }) => value).join('\n'));
  return path === undefined ? work() : unlessMarked(world, { dir, path }, digest, work);
};
