/** The command line of `chatops-standins`: words → what is wanted, or what is wrong with them. Pure. */
import { parseArgs } from 'node:util';
import { faultRule } from '../kit/fault-rules.ts';
import type { FaultRule } from '../kit/faults.ts';
import { OPTIONS } from './options.ts';
import { type Environment, readVariable } from './read-env.ts';
import { SERVERS, type ServerKind } from './servers.ts';

export interface Wanted {
  readonly kind: ServerKind;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Undefined: a new one that goes at the end. */
  readonly dir: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  /** Simulated ms per real one. */
  readonly speed: number;
  readonly faults: readonly FaultRule[];
  /** `host:port` → port on 127.0.0.1. */
  readonly names: Readonly<Record<string, number>>;
  readonly json: boolean;
  /** What stands after `--`: the server's own arguments. */
  readonly command: readonly string[];
}

export type Arguments =
  | { readonly do: 'help' }
  | { readonly do: 'list' }
  | { readonly do: 'start'; readonly wanted: Wanted }
  | { readonly do: 'refuse'; readonly why: string };

class Misused extends Error {}

const numberOf = (option: string, text: string, isValid: (value: number) => boolean, wanted: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && isValid(value)) return value;
  throw new Misused(`${option} ${text}: expected ${wanted}`);
};

const isPort = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= 65_535;

const faultOf = (text: string): FaultRule => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Misused(`--fault ${text}: expected JSON, like {"match":"GET /","effect":{"kind":"reset"}}`);
  }
  const read = faultRule.safeParse(data);
  // What zod leaves out is left out: undefined is no value of a rule.
  if (read.success) return read.data as FaultRule;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
  throw new Misused(`--fault ${text}: ${problems.join('; ')}`);
};

const nameOf = (text: string): readonly [string, number] => {
  const [, place, port] = /^([^:=]+:\d+)=(\d+)$/.exec(text) ?? [];
  if (place === undefined || port === undefined) throw new Misused(`--name ${text}: expected HOST:PORT=PORT`);
  return [place, numberOf('--name', port, isPort, 'a port after the =')];
};

const variableOf = (text: string, env: Environment): readonly [string, string] => {
  const read = readVariable(text, env);
  if (typeof read === 'string') throw new Misused(read);
  return read;
};

const kindOf = ([name, ...more]: readonly string[]): ServerKind => {
  if (name === undefined) throw new Misused('no server is named; --list shows them');
  if (more.length > 0) throw new Misused(`one server at a time: ${more[0]} is one too many`);
  const kind = SERVERS.find((each) => each.name === name);
  if (kind === undefined) throw new Misused(`there is no stand-in called ${name}; --list shows them`);
  return kind;
};

const portOf = (kind: ServerKind, text: string | undefined): number => {
  if (text !== undefined) return numberOf('--port', text, isPort, 'a port, 0 to 65535');
  if (kind.listens === 'maybe') return 0;
  throw new Misused(`${kind.name} needs --port (0: any free one)`);
};

const read = (words: readonly string[], env: Environment): Arguments => {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const { values, positionals } = parseArgs({ args: [...own], options: OPTIONS, allowPositionals: true });
  if (values.help) return { do: 'help' };
  if (values.list) return { do: 'list' };
  const kind = kindOf(positionals);
  return {
    do: 'start',
    wanted: {
      kind,
      host: values.host ?? '127.0.0.1',
      port: portOf(kind, values.port),
      dir: values.dir,
      env: Object.fromEntries((values.env ?? []).map((text) => variableOf(text, env))),
      speed: numberOf(
        '--speed',
        values.speed ?? '200',
        (value) => value > 0 && Number.isFinite(value),
        'a number above 0',
      ),
      faults: (values.fault ?? []).map(faultOf),
      names: Object.fromEntries((values.name ?? []).map(nameOf)),
      json: values.json ?? false,
      command: end < 0 ? [] : words.slice(end + 1),
    },
  };
};

/** Node's own refusals of words (`ERR_PARSE_ARGS_UNKNOWN_OPTION` and its like) are about the command line too. */
const isRefusal = (thrown: unknown): thrown is Error =>
  thrown instanceof Misused ||
  (thrown instanceof TypeError && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS_'));

/** @param words without the program's name @param env where `--env NAME` finds its value */
export const readArguments = (words: readonly string[], env: Environment): Arguments => {
  try {
    return read(words, env);
  } catch (thrown) {
    if (!isRefusal(thrown)) throw thrown;
    return { do: 'refuse', why: thrown.message };
  }
};
