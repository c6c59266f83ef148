/** Whether two texts of config.toml mean the same to a runner, which writes its file anew when it renews its token. Pure. */
import { parse } from 'smol-toml';

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

/** What registering and the runner itself write into its block. */
const REGISTRATION: ReadonlySet<string> = new Set(['id', 'token', 'token_obtained_at', 'token_expires_at']);

/** What the runner fills in where nothing was said (run:common/config.go LoadConfig; run:commands/register.go). */
const FILLED_IN: Readonly<Record<string, unknown>> = { connection_max_age: '15m0s', session_timeout: 1800 };

/** It writes what was never said as Go's zero values: they say nothing. */
const saysNothing = (value: unknown): boolean => {
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
  [...new Set([...Object.keys(current), ...Object.keys(wanted)])].every(
    (key) =>
      sameValue(current[key], wanted[key]) ||
      (wanted[key] === undefined && Object.hasOwn(FILLED_IN, key) && current[key] === FILLED_IN[key]) ||
      (wanted[key] === undefined && isTable(current[key]) && sameTable(current[key], {})),
  );

const withoutRegistration = (block: unknown): unknown =>
  isTable(block) ? Object.fromEntries(Object.entries(block).filter(([key]) => !REGISTRATION.has(key))) : block;

const blocksOf = ({ runners }: Table): readonly unknown[] =>
  (Array.isArray(runners) ? runners : []).map(withoutRegistration);

/** Registration, comments, order, layout, and how the runner itself writes what it was given do not count. */
export const meansTheSame = (current: string, template: string): boolean => {
  const [is, wanted] = [parseTable(current), parseTable(template)];
  if (is === undefined || wanted === undefined) return false;
  const [blocks, wantedBlocks] = [blocksOf(is), blocksOf(wanted)];
  return (
    blocks.length === wantedBlocks.length &&
    blocks.every((block, index) => sameValue(block, wantedBlocks[index])) &&
    sameTable({ ...is, runners: undefined }, { ...wanted, runners: undefined })
  );
};
