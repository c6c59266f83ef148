/**
 * The words after `chatops-probe` → what is asked: the counterpart of `write-words.ts`, read by the same descriptions.
 * Secrets are named (`--password-from NAME`), never given.
 */
import { parseArgs } from 'node:util';
import type { Arity, OptionWord, SingleKind } from '../contracts/probe-kind.ts';
import { kindOf, meantOf, type ProbeKinds } from '../contracts/probe-kinds.ts';
import { misread, oneOf, parseDuration } from '../contracts/probe-words.ts';
import { QUESTIONS, type Question } from '../stack/questions.ts';
import type { ProbeSpec } from '../stack/stack.ts';
import { ALL } from './write-words.ts';

export type ProbeRequest = { readonly kind: 'spec'; readonly spec: ProbeSpec } | TableRequest;

/** One of the three questions about a service, as the table of probes has it. */
export interface TableRequest {
  readonly kind: 'table';
  readonly service: string;
  readonly question: Question;
  readonly table: string;
}

export interface ProbeInvocation {
  readonly request: ProbeRequest;
  /** Of one question, ms. */
  readonly timeoutMs: number;
  /** How long to go on asking, ms; absent: once. */
  readonly waitMs?: number;
  readonly json: boolean;
}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly multiple: true }>>;

const TEXT = { type: 'string', multiple: true } as const;
const SWITCH = { type: 'boolean', multiple: true } as const;

/** Of every question. */
const COMMON: Options = { timeout: TEXT, wait: TEXT, json: SWITCH, help: SWITCH };
const OF_ALL: Options = { table: TEXT, question: TEXT };

const optionsOf = (words: readonly OptionWord[]): Options =>
  Object.fromEntries(words.map(({ option, values }) => [option, values.form ? TEXT : SWITCH]));

const wordsIn = (kinds: ProbeKinds): readonly OptionWord[] =>
  [...kinds.values()].flatMap((kind) => ('parts' in kind ? [] : kind.words.options));

/** The first word that is no option, whichever kind's options stand before it. */
const firstWord = (argv: readonly string[], kinds: ProbeKinds): string | undefined =>
  parseArgs({
    args: [...argv],
    options: { ...optionsOf(wordsIn(kinds)), ...OF_ALL, ...COMMON },
    allowPositionals: true,
    strict: false,
  }).positionals[0];

const requireKnown = (argv: readonly string[], options: Options, what: string): void => {
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option' || Object.hasOwn(options, token.name)) continue;
    const known = Object.keys(options).map((name) => `--${name}`);
    throw misread(`${what} has no option ${token.rawName}: ${meantOf(token.rawName, known)}`);
  }
};

interface Given {
  readonly targets: readonly string[];
  /** As often as the option was given. */
  texts(option: string): readonly string[];
  isGiven(option: string): boolean;
}

/** @throws ChatopsError USAGE */
const givenIn = (argv: readonly string[], own: Options, what: string): Given => {
  const options = { ...own, ...COMMON };
  requireKnown(argv, options, what);
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    const given = (option: string): readonly (string | boolean)[] => values[option] ?? [];
    return {
      targets: positionals.slice(1),
      texts: (option) => given(option).map(String),
      isGiven: (option) => given(option).length > 0,
    };
  } catch (cause) {
    throw misread(cause instanceof Error ? cause.message : String(cause));
  }
};

/** The value of an option that no kind has. */
const last = ({ texts }: Given, option: string): string | undefined => texts(option).at(-1);

const oneTarget = ([target, ...rest]: readonly string[], what: string): string => {
  if (target === undefined) throw misread(`say where to ask: chatops-probe ${what} <target>`);
  if (rest.length > 0) throw misread(`one target, not also ${rest.join(' ')}`);
  return target;
};

const packed = ({ form, pack }: Arity<unknown>, option: string, texts: readonly string[]): unknown =>
  pack(form ? texts.map((text) => form.read(text)) : texts, option);

/** `{ account: { username: 'x' } }` and `['account', 'password']` → both in one account. */
const withValue = (
  fields: Readonly<Record<string, unknown>>,
  [key = '', ...inner]: readonly string[],
  value: unknown,
): Readonly<Record<string, unknown>> => {
  if (inner.length === 0) return { ...fields, [key]: value };
  const here = fields[key];
  const under = typeof here === 'object' && here !== null ? (here as Readonly<Record<string, unknown>>) : {};
  return { ...fields, [key]: withValue(under, inner, value) };
};

const readSpec = ({ what, words }: SingleKind, target: string, given: Given): ProbeSpec => {
  const fields = words.options.reduce<Readonly<Record<string, unknown>>>((read, { option, path, values }) => {
    const value = packed(values, option, given.texts(option));
    return value === undefined ? read : withValue(read, path, value);
  }, words.target.read(target));
  return { ...fields, what };
};

const timesIn = (given: Given): Pick<ProbeInvocation, 'timeoutMs' | 'waitMs' | 'json'> => {
  const wait = last(given, 'wait');
  return {
    timeoutMs: parseDuration(last(given, 'timeout') ?? '3s'),
    ...(wait === undefined ? {} : { waitMs: parseDuration(wait) }),
    json: given.isGiven('json'),
  };
};

const tableRequest = (argv: readonly string[]): ProbeInvocation => {
  const given = givenIn(argv, OF_ALL, ALL);
  const table = last(given, 'table') ?? '/etc/chatops/probes.json';
  const question = oneOf(...QUESTIONS).read(last(given, 'question') ?? 'usable');
  return { request: { kind: 'table', service: oneTarget(given.targets, ALL), question, table }, ...timesIn(given) };
};

/** Undefined when help is asked for. @throws ChatopsError USAGE */
export const parseProbe = (argv: readonly string[], kinds: ProbeKinds): ProbeInvocation | undefined => {
  if (argv.includes('--help') || argv[0] === '-h' || argv[0] === 'help') return undefined;
  const what = firstWord(argv, kinds);
  if (what === undefined) throw misread('say what to ask');
  if (what === ALL) return tableRequest(argv);
  const kind = kindOf(kinds, what);
  if ('parts' in kind) throw misread(`${what} has parts, which stand in a table only: chatops-probe ${ALL} SERVICE`);
  const given = givenIn(argv, optionsOf(kind.words.options), what);
  const spec = readSpec(kind, oneTarget(given.targets, what), given);
  return { request: { kind: 'spec', spec }, ...timesIn(given) };
};
