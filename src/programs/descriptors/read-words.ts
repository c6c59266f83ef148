/** What parsers found on a command line → what a command takes. Pure: commander and node:util know no option's meaning. */
import { resolve } from 'node:path';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { Arguments, Given, OptionKind, Options, Values } from './option-kind.ts';

export interface RawWords {
  /** By camelCase name. */
  readonly options: Readonly<Record<string, Given>>;
  readonly args: readonly (string | undefined)[];
}

export interface Surroundings {
  /** Absolute; paths are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** `inNetwork` → `in-network` */
export const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `--wait <time>` */
export const flagsOf = (name: string, { value }: Pick<OptionKind<unknown>, 'value'>): string =>
  `--${kebab(name)}${value === undefined ? '' : ` ${value}`}`;

/** @param next Default: the catalogue's */
export const misunderstood = (why: string, cause?: unknown, next?: string): ChatopsError =>
  new ChatopsError('USAGE', {
    what: 'the command line was not understood',
    why,
    cause,
    ...(next === undefined ? {} : { next }),
  });

const shown = (given: Given): string => (Array.isArray(given) ? (given.at(-1) ?? '') : String(given));

const readOption = (
  name: string,
  kind: OptionKind<unknown>,
  { options }: RawWords,
  { cwd, env }: Surroundings,
): unknown => {
  const fromEnv = kind.env === undefined ? undefined : env[kind.env];
  const given = options[name] ?? fromEnv;
  const flags = flagsOf(name, kind);
  if (given === undefined && kind.required) throw misunderstood(`required option '${flags}' not specified`);
  const read = kind.read(given, cwd);
  if ('value' in read) return read.value;
  const source =
    options[name] === undefined ? `value '${shown(given)}' from env '${kind.env}'` : `argument '${shown(given)}'`;
  throw misunderstood(`option '${flags}' ${source} is invalid. ${read.problem}`);
};

/** @throws ChatopsError USAGE for a value that its kind does not take, or a required one that is missing */
export const readOptions = <O extends Options>(kinds: O, words: RawWords, surroundings: Surroundings): Values<O> =>
  Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [name, readOption(name, kind, words, surroundings)]),
  ) as Values<O>;

const readArguments = (
  kinds: Arguments,
  args: RawWords['args'],
  cwd: string,
): Readonly<Record<string, string | undefined>> => {
  const names = Object.keys(kinds);
  if (args.length > names.length)
    throw misunderstood(`too many arguments: expected ${names.length} and got ${args.length}`);
  return Object.fromEntries(
    Object.entries(kinds).map(([name, { required, isPath }], at) => {
      const word = args[at];
      if (word === undefined && required) throw misunderstood(`missing required argument '${name}'`);
      return [name, word !== undefined && isPath ? resolve(cwd, word) : word];
    }),
  );
};

/** Options and arguments by their names. @throws ChatopsError USAGE */
export const readWords = (
  { options, args }: { readonly options: Options; readonly args: Arguments },
  words: RawWords,
  surroundings: Surroundings,
): Readonly<Record<string, unknown>> => ({
  ...readOptions(options, words, surroundings),
  ...readArguments(args, words.args, surroundings.cwd),
});
