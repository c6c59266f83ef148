/**
 * A kind of probe describes itself: what it asks, and how its specification stands on a command line. The writer, the reader and the help of `chatops-probe`, the addresses and the secrets of a probe all come out
 * of this description, so that a new kind is one file that describes, one that asks, and a line in the table.
 */
import type { Endpoint, ProbeSpec } from '../stack/stack.ts';
import type { Ports } from './ports.ts';
import type { Probe } from './probe.ts';

/** A kind that asks something itself. */
export interface SingleKind<S extends ProbeSpec = ProbeSpec> extends Described<S> {
  readonly words: CommandLineWords<S>;
  create(spec: S, ports: Ports): Probe;
}

/** A kind that is made of other probes; it has no words, as its parts do not fit on one command line. */
export interface CompositeKind<S extends ProbeSpec = ProbeSpec> extends Described<S> {
  parts(spec: S): readonly ProbeSpec[];
  join(parts: readonly Probe[]): Probe;
}

export type ProbeKind = SingleKind | CompositeKind;

interface Described<S extends ProbeSpec> {
  /** The first word of its command line, e.g. `replica-set`. */
  readonly what: S['what'];
  /** What holds when the probe is ready: a sentence without its full stop. */
  readonly about: string;
  /** A specification as it may stand in a stack. */
  readonly example: S;
}

/** How a specification stands on the command line of `chatops-probe`: the target, then options in this order. */
export interface CommandLineWords<S> {
  readonly target: TargetWord<S>;
  readonly options: readonly OptionWord[];
}

/** The word that has no option's name before it. */
export interface TargetWord<S> {
  /** As the help shows it, e.g. `HOST:PORT`. */
  readonly shown: string;
  write(spec: S): string;
  /** The fields that it stands for. @throws ChatopsError USAGE */
  read(text: string): Partial<S>;
  /** Addresses inside the stack's network that it names. */
  endpoints(spec: S): readonly Endpoint[];
}

export interface OptionWord {
  /** Without the dashes. */
  readonly option: string;
  /** Where its value stands in the specification: keys from the outermost in. */
  readonly path: readonly string[];
  readonly values: Arity<unknown>;
}

/** How often an option is given, and what that comes to. */
export interface Arity<T> {
  /** Of each single value. Undefined: a flag, which has none. */
  readonly form: Form<unknown> | undefined;
  /** As the help shows it. */
  usage(option: string): string;
  /** The single values, in order. */
  unpack(value: T): readonly unknown[];
  /** @throws ChatopsError USAGE for too few or too many */
  pack(values: readonly unknown[], option: string): T;
}

/** A single value as text. */
export interface Form<T> {
  /** As the help shows it. */
  readonly shown: string;
  write(value: T): string;
  /** @throws ChatopsError USAGE */
  read(text: string): T;
  /** Addresses inside the stack's network that the value names. Default: none. */
  endpoints?(value: T): readonly Endpoint[];
  /** The value is the name of a variable that carries a secret. Default false. */
  readonly secret?: true;
}
