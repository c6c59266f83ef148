/** Which suites on real containers a run takes, and why: decided from what was asked for and what has changed. */
import { pathsOf, type Suite } from './suites.ts';

export interface Asked {
  /** `changed`: what is worth running since all were green, and the main job in any case. */
  readonly suites: 'all' | 'changed' | readonly string[];
  readonly overTcp: boolean;
  /** Against the vendors' servers. */
  readonly live: boolean;
  /**
   * How long what has changed may be tested, in seconds of the table: suites that stand nearest to the change go first,
   * the others are left to `npm run test:all`, by name. Undefined: no limit. Counts only for `changed`.
   */
  readonly limitS?: number | undefined;
}

/** Paths that are not as they were when all suites were green; undefined when nobody knows when that was. */
export type Changed = readonly string[] | undefined;

export interface Choice<T extends Suite = Suite> {
  readonly suite: T;
  readonly runs: boolean;
  readonly why: string;
}

const SHOWN = 3;

const enumerated = (paths: readonly string[]): string => {
  const more = paths.length - SHOWN;
  return `${paths.slice(0, SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** @param text CHATOPS_SUITES: `all` (default), `changed`, or names of suites with commas between them */
export const parseAsked = (text: string | undefined): Asked['suites'] => {
  const names = (text ?? '').split(',').flatMap((name) => name.trim() || []);
  const [only = 'all', ...others] = names;
  return others.length === 0 && (only === 'all' || only === 'changed') ? only : names;
};

/**
 * @param text CHATOPS_SUITES_LIMIT: seconds for the suites of `changed`; undefined or empty: no limit
 * @throws Error when it is not a number of seconds
 */
export const parseLimit = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`CHATOPS_SUITES_LIMIT: ${text} is no number of seconds`);
};

const refuseUnknown = (table: readonly Suite[], names: readonly string[]): void => {
  const known = table.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  throw new Error(`CHATOPS_SUITES: there is no suite ${unknown.join(', ')}; there are: ${known.join(', ')}`);
};

const judge = (suite: Suite, { suites, overTcp, live }: Asked, changed: Changed): Omit<Choice, 'suite'> => {
  if (Array.isArray(suites)) {
    const runs = suites.includes(suite.name);
    return { runs, why: runs ? 'asked for by name' : 'not asked for' };
  }
  if (live && !suite.live) return { runs: false, why: "the vendors' servers would say nothing more" };
  if (overTcp && !suite.overTcp) return { runs: false, why: `the same over TCP: ${suite.because}` };
  if (suites === 'all') return { runs: true, why: 'all were asked for' };
  if (suite.always) return { runs: true, why: 'always' };
  if (changed === undefined) return { runs: true, why: 'there is no record of a run in which all were green' };
  const own = pathsOf(suite).filter((path) => changed.includes(path));
  if (own.length === 0) return { runs: false, why: 'everything it stands on is as it was when all were green' };
  return { runs: true, why: `changed since all were green: ${enumerated(own)}` };
};

/** How much of the change a suite is about: a path that few suites stand on says more than one that all do. */
const nearness = (table: readonly Suite[], suite: Suite, changed: readonly string[]): number =>
  pathsOf(suite)
    .filter((path) => changed.includes(path))
    .reduce((sum, path) => sum + 1 / table.filter((other) => pathsOf(other).includes(path)).length, 0);

/** Leaves out what a run's limit has no time for; what runs always is counted first. */
const withinLimit = <T extends Suite>(
  choices: readonly Choice<T>[],
  limitS: number,
  changed: readonly string[],
): readonly Choice<T>[] => {
  const table = choices.map(({ suite }) => suite);
  const rank = (suite: T): number => (suite.always ? Number.POSITIVE_INFINITY : nearness(table, suite, changed));
  let left = limitS;
  const late = new Set<T>();
  for (const { suite } of choices
    .filter(({ runs }) => runs)
    .sort((a, b) => rank(b.suite) - rank(a.suite) || a.suite.seconds - b.suite.seconds)) {
    if (suite.always || suite.seconds <= left) left -= suite.seconds;
    else late.add(suite);
  }
  return choices.map((choice) =>
    late.has(choice.suite)
      ? { ...choice, runs: false, why: `no time within ${limitS} s: \`npm run test:all\` takes it; ${choice.why}` }
      : choice,
  );
};

/**
 * @returns every suite of the table, in its order, with what was decided of it
 * @throws Error when a name was asked for that no suite has
 */
export const chooseSuites = <T extends Suite>(
  table: readonly T[],
  asked: Asked,
  changed: Changed,
): readonly Choice<T>[] => {
  if (Array.isArray(asked.suites)) refuseUnknown(table, asked.suites);
  const choices = table.map((suite) => ({ suite, ...judge(suite, asked, changed) }));
  if (asked.suites !== 'changed' || asked.limitS === undefined) return choices;
  return withinLimit(choices, asked.limitS, changed ?? table.flatMap(pathsOf));
};

/** A line for each suite: what runs first. */
export const choiceText = (choices: readonly Choice[]): string => {
  const lines = (wanted: boolean): readonly string[] =>
    choices.filter(({ runs }) => runs === wanted).map(({ suite, why }) => `  ${suite.name.padEnd(14)}  ${why}`);
  const [run, left] = [lines(true), lines(false)];
  return [`suites that run (${run.length})`, ...run, `suites that do not (${left.length})`, ...left, ''].join('\n');
};
