/** The command line of the tools image, made from the table of its programs. */
import { parseArgs } from 'node:util';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { KnownSecrets } from '../values/words/known-secrets.ts';
import type { Outlet } from '../values/words/outlet.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { type Descriptor, fullName } from './descriptors/descriptor.ts';
import { PROGRAMS } from './descriptors/index.ts';
import { JSON_OPTION } from './descriptors/json-option.ts';
import type { Options } from './descriptors/option-kind.ts';
import { flagsOf, kebab, type RawWords, readOptions, type Surroundings } from './descriptors/read-words.ts';

const COMMON = { json: JSON_OPTION } satisfies Options;

export interface ToolsProcess extends Surroundings {
  /** Without the program's name. */
  readonly argv: readonly string[];
  readonly out: Outlet;
  readonly err: Outlet;
  readonly known: KnownSecrets;
  readonly signal: AbortSignal;
}

/** `job <name> --in-network [--json]` */
export const usageLine = (descriptor: Descriptor): string => {
  const args = Object.entries(descriptor.args).map(([name, { required }]) => (required ? `<${name}>` : `[${name}]`));
  const options = Object.entries({ ...descriptor.options, ...COMMON }).map(([name, kind]) =>
    kind.required ? flagsOf(name, kind) : `[${flagsOf(name, kind)}]`,
  );
  return [fullName(descriptor), ...args, ...options].join(' ');
};

const usage = (why: string): ChatopsError =>
  new ChatopsError('USAGE', {
    what: 'the command line was not understood',
    why,
    next: PROGRAMS.map(usageLine).join(' | '),
  });

const isOurs = (thrown: unknown): thrown is Error =>
  thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS_');

const wordsOf = (options: Options, args: readonly string[]): RawWords => {
  const kinds = Object.entries(options);
  const config = Object.fromEntries(
    kinds.map(([name, { value, repeated }]) => [
      kebab(name),
      { type: value === undefined ? ('boolean' as const) : ('string' as const), multiple: repeated ?? false },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: config });
    const found = kinds.map(([name]) => [name, values[kebab(name)]] as const);
    // With `multiple` every value is a text: a switch is not repeated.
    return { options: Object.fromEntries(found) as RawWords['options'], args: positionals };
  } catch (thrown) {
    throw isOurs(thrown) ? usage(thrown.message) : thrown;
  }
};

/** @returns the exit status @throws ChatopsError USAGE, and whatever the program throws */
export const runTools = async ({ argv, cwd, env, out, err, known, signal }: ToolsProcess): Promise<number> => {
  const [name, ...rest] = argv;
  const descriptor = PROGRAMS.find((each) => fullName(each) === name);
  if (descriptor === undefined) throw usage(name === undefined ? 'say what to do' : `there is no command ${name}`);
  const surroundings: Surroundings = { cwd, env };
  const words = wordsOf({ ...descriptor.options, ...COMMON }, rest);
  const { json } = readOptions(COMMON, words, surroundings);
  const invocation: Invocation = {
    dir: cwd,
    json,
    yes: true,
    engine: 'auto',
    set: [],
    env,
    interactive: false,
    out,
    err,
    known,
    signal,
  };
  return descriptor.run(invocation, words, surroundings);
};
