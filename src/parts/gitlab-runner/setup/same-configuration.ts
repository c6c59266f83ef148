/** Whether two texts of config.toml mean the same to a runner, which writes its file anew when it renews its token. Pure. */
import { parse } from 'smol-toml';
import { blockNamed, splitBlocks } from './blocks.ts';
import { OUR_KEYS } from './our-keys.ts';

export type Table = Readonly<Record<string, unknown>>;

export const isTable = (value: unknown): value is Table =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Undefined for a text that is no TOML. */
export const parseTable = (text: string): Table | undefined => {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
};

/** The runner writes what was never said as Go's zero values: they say nothing. */
export const saysNothing = (value: unknown): boolean => {
  if (value === undefined || value === 0 || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.every(saysNothing);
  return isTable(value) && Object.values(value).every(saysNothing);
};

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Go's durations, which it writes as `2m0s` where `2m` stood. Undefined for a text that is none. */
const durationMs = (value: unknown): number | undefined => {
  if (typeof value !== 'string' || !/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(value)) return undefined;
  return [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (UNIT_MS[unit ?? ''] ?? 0),
    0,
  );
};

/** A list of one may be written as the one (run:common/config.go StringOrArray). */
const unwrapped = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value);

const sameValue = (current: unknown, wanted: unknown): boolean => {
  if (saysNothing(current) && saysNothing(wanted)) return true;
  if (isTable(current) && isTable(wanted)) return sameTable(current, wanted);
  const [one, other] = [unwrapped(current), unwrapped(wanted)];
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((each, index) => sameValue(each, other[index]));
  }
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime();
  const duration = durationMs(one);
  return one === other || (duration !== undefined && duration === durationMs(other));
};

const sameTable = (current: Table, wanted: Table): boolean =>
  [...new Set([...Object.keys(current), ...Object.keys(wanted)])].every((key) => sameValue(current[key], wanted[key]));

const only = (table: unknown, keys: readonly string[]): Table =>
  isTable(table) ? Object.fromEntries(keys.map((key) => [key, table[key]])) : {};

/** What of a file is ours to decide; undefined for a text that is no TOML or has no such block. */
const decided = (text: string, block: string | undefined): Table | undefined => {
  const config = parseTable(text);
  const runner = block === undefined ? undefined : blockOf(block);
  if (config === undefined || runner === undefined) return undefined;
  return {
    ...only(config, OUR_KEYS.global),
    runner: only(runner, OUR_KEYS.runner),
    docker: only(runner.docker, OUR_KEYS.docker),
  };
};

/** The table of a `[[runners]]` block's text; undefined for a text that is none. */
export const blockOf = (block: string): Table | undefined => {
  const runners = parseTable(block)?.runners;
  const first: unknown = Array.isArray(runners) ? runners[0] : undefined;
  return isTable(first) ? first : undefined;
};

/**
 * Whether a file says what is ours to decide as the template does. Registration, keys that are not ours, blocks beside
 * ours, comments, order, layout, and how the runner itself writes what it was given do not count.
 *
 * @param own name of our block in `current`
 */
export const meansTheSame = (current: string, template: string, own: string): boolean => {
  const is = decided(current, blockNamed(current, own));
  const wanted = decided(template, splitBlocks(template).blocks[0]);
  return is !== undefined && wanted !== undefined && sameTable(is, wanted);
};
