/** The runner's `config.toml`, as far as this stand-in heeds it (run:docs/configuration/advanced-configuration.md). */
import { readFileSync } from 'node:fs';
import { parse } from 'smol-toml';

export interface RunnerBlock {
  readonly name: string;
  /** Without a trailing slash or `/ci`. */
  readonly url: string;
  readonly token: string;
  /** ms since the epoch; undefined: never, or not said. */
  readonly obtainedAt: number | undefined;
  readonly expiresAt: number | undefined;
  readonly executor: string;
  readonly cloneUrl: string | undefined;
  /** Jobs at once; 0: no limit of its own. */
  readonly limit: number;
  readonly unhealthyRequestsLimit: number;
  readonly unhealthyIntervalMs: number;
  /** `NAME=value` */
  readonly environment: readonly string[];
}

export interface RunnerConfig {
  readonly concurrent: number;
  readonly checkIntervalMs: number;
  readonly listenAddress: string | undefined;
  readonly runners: readonly RunnerBlock[];
}

export type ReadConfig =
  | { readonly kind: 'read'; readonly config: RunnerConfig }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged'; readonly problem: string };

type Table = Readonly<Record<string, unknown>>;

const DEFAULT_INTERVAL_S = 3;
const DEFAULT_UNHEALTHY_REQUESTS = 3;
const DEFAULT_UNHEALTHY_MS = 60 * 60_000;
const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Go's durations, `1h30m`. Undefined when it is none. */
export const durationMs = (text: string): number | undefined => {
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0),
    0,
  );
};

const text = (value: unknown, fallback = ''): string => (typeof value === 'string' ? value : fallback);
const number = (value: unknown, fallback: number): number => (typeof value === 'number' ? value : fallback);

/** Go's zero time, the year 1, is none. */
const moment = (value: unknown): number | undefined =>
  value instanceof Date && value.getUTCFullYear() > 1 ? value.getTime() : undefined;

/** From 18.10 on `token` and `url` may name variables (run:CHANGELOG.md). */
const expanded = (value: string, env: Readonly<Record<string, string>>): string =>
  value.replace(/\$(?:\{(\w+)\}|(\w+))/g, (_all, braced?: string, plain?: string) => env[braced ?? plain ?? ''] ?? '');

const blockOf = (block: Table, env: Readonly<Record<string, string>>): RunnerBlock => ({
  name: text(block.name),
  url: expanded(text(block.url), env).replace(/\/+$/, '').replace(/\/ci$/, ''),
  token: expanded(text(block.token), env),
  obtainedAt: moment(block.token_obtained_at),
  expiresAt: moment(block.token_expires_at),
  executor: text(block.executor),
  cloneUrl: typeof block.clone_url === 'string' ? block.clone_url.replace(/\/+$/, '') : undefined,
  limit: number(block.limit, 0),
  unhealthyRequestsLimit: number(block.unhealthy_requests_limit, DEFAULT_UNHEALTHY_REQUESTS),
  unhealthyIntervalMs: durationMs(text(block.unhealthy_interval)) ?? DEFAULT_UNHEALTHY_MS,
  environment: Array.isArray(block.environment) ? block.environment.map(String) : [],
});

export const parseRunnerConfig = (toml: string, env: Readonly<Record<string, string>>): RunnerConfig => {
  const file: Table = parse(toml);
  const blocks = Array.isArray(file.runners) ? (file.runners as Table[]) : [];
  const interval = number(file.check_interval, 0);
  return {
    concurrent: number(file.concurrent, 1),
    checkIntervalMs: (interval > 0 ? interval : DEFAULT_INTERVAL_S) * 1_000,
    listenAddress:
      typeof file.listen_address === 'string' && file.listen_address !== '' ? file.listen_address : undefined,
    runners: blocks.map((block) => blockOf(block, env)),
  };
};

export const readRunnerConfig = (path: string, env: Readonly<Record<string, string>>): ReadConfig => {
  let toml: string;
  try {
    toml = readFileSync(path, 'utf8');
  } catch {
    return { kind: 'missing' };
  }
  try {
    return { kind: 'read', config: parseRunnerConfig(toml, env) };
  } catch (thrown) {
    return {
      kind: 'damaged',
      problem: thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown),
    };
  }
};
