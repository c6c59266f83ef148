/** The runner's config.toml: the rendered text plus what registering gave. Pure. */
import { isTable, parseTable, type Table } from './same-configuration.ts';

export interface Registration {
  readonly id: number | undefined;
  readonly token: string;
  /** ISO 8601. Undefined where the file does not say. */
  readonly obtainedAt: string | undefined;
  /** ISO 8601. Undefined where the file does not say, and for a token that never expires. */
  readonly expiresAt: string | undefined;
}

/** Ours is the only `[[runners]]` block; `register` of gitlab-runner may have added more behind it. */
const firstRunner = (config: Table | undefined): Table | undefined => {
  const runners = config?.runners;
  const first: unknown = Array.isArray(runners) ? runners[0] : undefined;
  return isTable(first) ? first : undefined;
};

/** Go writes the year 1 for "never" (recorded: runner-config-after-register.toml). */
const moment = (value: unknown): string | undefined => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const plain = new Date(value.getTime());
  return plain.getUTCFullYear() <= 1 ? undefined : plain.toISOString();
};

/** Undefined when the file is not there, is no TOML, or holds no token. */
export const readRegistration = (text: string | undefined): Registration | undefined => {
  const runner = text === undefined ? undefined : firstRunner(parseTable(text));
  if (typeof runner?.token !== 'string' || runner.token === '') return undefined;
  return {
    token: runner.token,
    id: typeof runner.id === 'number' ? runner.id : undefined,
    obtainedAt: moment(runner.token_obtained_at),
    expiresAt: moment(runner.token_expires_at),
  };
};

/** As the runner writes it: UTC, to the second. */
const toml = (iso: string): string => new Date(iso).toISOString().replace(/\.\d+Z$/, 'Z');

const NEVER = '0001-01-01T00:00:00Z';

const BLOCK = /^[ \t]*\[\[[ \t]*runners[ \t]*\]\][ \t]*(?:#.*)?$/m;

/**
 * The four lines that `gitlab-runner register` writes. A runner renews its token by itself at three quarters of its life
 * only where both moments stand in its file (run:commands/multi.go nextRunnerToReset).
 *
 * @returns the template with the registration as the first lines of its `[[runners]]` block; undefined without one
 */
export const withRegistration = (
  template: string,
  { id, token, obtainedAt, expiresAt }: Registration,
): string | undefined => {
  const match = BLOCK.exec(template);
  if (!match) return undefined;
  const end = match.index + match[0].length;
  const [before, after] = [template.slice(0, end), template.slice(end)];
  const lines = [
    ...(id === undefined ? [] : [`  id = ${id}`]),
    // JSON's escapes are all TOML's as well (toml.io/en/v1.0.0#string).
    `  token = ${JSON.stringify(token)}`,
    ...(obtainedAt === undefined ? [] : [`  token_obtained_at = ${toml(obtainedAt)}`]),
    `  token_expires_at = ${expiresAt === undefined ? NEVER : toml(expiresAt)}`,
  ];
  return `${before}\n${lines.join('\n')}${after}`;
};
