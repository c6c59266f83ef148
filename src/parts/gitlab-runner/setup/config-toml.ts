/** The runner's config.toml: the rendered text, what registering gave, and what is not ours in it. Pure. */
import { stringify } from 'smol-toml';
import { blockNamed, blocksBeside, splitBlocks } from './blocks.ts';
import { OUR_KEYS } from './our-keys.ts';
import { blockOf, isTable, parseTable, saysNothing, type Table } from './same-configuration.ts';

export interface Registration {
  readonly id: number | undefined;
  readonly token: string;
  /** ISO 8601. Undefined where the file does not say. */
  readonly obtainedAt: string | undefined;
  /** ISO 8601. Undefined where the file does not say, and for a token that never expires. */
  readonly expiresAt: string | undefined;
}

/** Go writes the year 1 for "never" (recorded: runner-config-after-register.toml). */
const moment = (value: unknown): string | undefined => {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const plain = new Date(value.getTime());
  return plain.getUTCFullYear() <= 1 ? undefined : plain.toISOString();
};

/** @param block text of a `[[runners]]` block; undefined when there is none, or it holds no token */
export const registrationOf = (block: string | undefined): Registration | undefined => {
  const runner = block === undefined ? undefined : blockOf(block);
  if (typeof runner?.token !== 'string' || runner.token === '') return undefined;
  return {
    token: runner.token,
    id: typeof runner.id === 'number' ? runner.id : undefined,
    obtainedAt: moment(runner.token_obtained_at),
    expiresAt: moment(runner.token_expires_at),
  };
};

/** @param own name of our block. Undefined when the file is not there, is no TOML, or that block holds no token. */
export const readRegistration = (text: string | undefined, own: string | undefined): Registration | undefined =>
  text === undefined || own === undefined ? undefined : registrationOf(blockNamed(text, own));

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

/** What registering and the runner itself write into its block. */
const REGISTRATION = ['id', 'token', 'token_obtained_at', 'token_expires_at'];

/** What is not ours and says something. */
const theirs = (table: unknown, ours: readonly string[]): Table =>
  isTable(table)
    ? Object.fromEntries(Object.entries(table).filter(([key, value]) => !ours.includes(key) && !saysNothing(value)))
    : {};

const comments = (text: string): string => /^(?:#[^\n]*\n)*/.exec(text)?.[0] ?? '';

/** The template with the keys of `current` that are not ours, be they its user's or defaults that the runner wrote. */
const withTheirKeys = (template: string, current: string, own: string | undefined): string => {
  const block = own === undefined ? undefined : blockNamed(current, own);
  const is = block === undefined ? {} : (blockOf(block) ?? {});
  const global = theirs(parseTable(splitBlocks(current).global), OUR_KEYS.global);
  const runner = theirs(is, [...OUR_KEYS.runner, ...REGISTRATION, 'docker']);
  const docker = theirs(is.docker, OUR_KEYS.docker);
  if ([global, runner, docker].every((table) => Object.keys(table).length === 0)) return template;
  const { runners, ...wanted } = parseTable(template) ?? {};
  const [first] = Array.isArray(runners) ? (runners as readonly Table[]) : [];
  const containers = { ...(isTable(first?.docker) ? first.docker : {}), ...docker };
  const full = { ...first, ...runner, ...(Object.keys(containers).length === 0 ? {} : { docker: containers }) };
  return `${comments(template)}${stringify({ ...global, ...wanted, runners: [full] })}`;
};

/**
 * The file as it is to be: rendered, registered, with what was not ours in it; blocks beside ours stay to the byte.
 *
 * @param current the file as it is; undefined where there is none
 * @param own name of our block in it; undefined: it has none
 * @returns undefined for a template without a `[[runners]]` block
 */
export const composeConfig = (
  template: string,
  { current, own }: { readonly current: string | undefined; readonly own: string | undefined },
  registration: Registration,
): string | undefined => {
  const base = current === undefined ? template : withTheirKeys(template, current, own);
  const text = withRegistration(base, registration);
  const beside = current === undefined ? [] : blocksBeside(current, own);
  if (text === undefined || beside.length === 0) return text;
  return `${text.replace(/\n*$/, '\n')}\n${beside.join('')}`;
};
