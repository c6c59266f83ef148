/**
 * A command as data: its words, and how its code is loaded. Parsers, help and docs/commands.md are made from the table
 * of descriptors; a descriptor imports nothing that the command does, so that `--help` loads none of it.
 */
import type { Invocation } from '../../wiring/invocation.ts';
import type { Arguments, ArgumentValues, Options, Values } from './option-kind.ts';
import { type RawWords, readWords, type Surroundings } from './read-words.ts';

/** A heading of `--help` and of docs/commands.md. */
export type Group = 'The stack' | 'Looking at it' | 'Announcements' | 'Help' | 'Inside containers';

interface Words<O extends Options, A extends Arguments> {
  readonly name: string;
  /** The word that stands before its name. */
  readonly under?: { readonly name: string; readonly about: string };
  readonly about: string;
  readonly group: Group;
  readonly options: O;
  readonly args: A;
  /** Without the program's name. */
  readonly examples?: readonly string[];
  /** A page of docs/ that says more, with its anchor. */
  readonly readMore?: string;
  /** Run when no command is named. */
  readonly isDefault?: true;
  /** It begins a stack where it is called, also below another one. */
  readonly beginsHere?: true;
  /** Only in the tools image, never on a user's machine. */
  readonly inImageOnly?: true;
}

export interface Descriptor extends Words<Options, Arguments> {
  /** Reads the words, loads the command and runs it. @returns the exit status @throws ChatopsError USAGE, and as the command */
  run(invocation: Invocation, words: RawWords, surroundings: Surroundings): Promise<number>;
}

type Run<V> = (invocation: Invocation, values: V) => Promise<number>;

export const describeCommand = <const O extends Options, const A extends Arguments>({
  load,
  ...words
}: Words<O, A> & { readonly load: () => Promise<Run<Values<O> & ArgumentValues<A>>> }): Descriptor => ({
  ...words,
  run: async (invocation, given, surroundings) => {
    // Every value was made by the kind of its option, which is where its type is from.
    const values = readWords(words, given, surroundings) as Values<O> & ArgumentValues<A>;
    return (await load())(invocation, values);
  },
});

/** `notifier test` */
export const fullName = ({ name, under }: Pick<Descriptor, 'name' | 'under'>): string =>
  under === undefined ? name : `${under.name} ${name}`;
