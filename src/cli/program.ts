/** The command line of chatops-up, made from the table of commands: commander finds the words, descriptors read them. */
import { Argument, Command, CommanderError, Help, type HelpConfiguration, Option } from 'commander';
import type { ChatopsError } from '../errors/chatops-error.ts';
import type { Descriptor } from '../programs/descriptors/descriptor.ts';
import type { ArgumentKind, Given, OptionKind } from '../programs/descriptors/option-kind.ts';
import {
  flagsOf,
  misunderstood,
  type RawWords,
  readOptions,
  type Surroundings,
} from '../programs/descriptors/read-words.ts';
import type { KnownSecrets } from '../values/words/known-secrets.ts';
import type { Outlet } from '../values/words/outlet.ts';
import type { Invocation } from '../wiring/invocation.ts';
import type { Prompt } from '../wiring/question.ts';
import { COMMON_OPTIONS } from './common-options.ts';
import { COMMANDS } from './descriptors/index.ts';
import { optionHelp } from './help-text.ts';

/** What the process is: handed in, so that the command line can be tested without one. */
export interface Process {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly isTerminal: boolean;
  readonly out: Outlet;
  readonly err: Outlet;
  readonly known: KnownSecrets;
  readonly signal: AbortSignal;
  readonly version: string;
}

/** Loaded only where somebody is asked. */
const askOne = async (question: Prompt, signal: AbortSignal): Promise<string> =>
  (await import('./ask.ts')).ask(question, signal);

const askYesNo = async (question: string, signal: AbortSignal): Promise<boolean> =>
  (await import('./ask.ts')).askYesNo(question, signal);

/** As `git` does: from the working directory upwards, unless one is named. Not loaded for help. */
const directoryOf = async (
  descriptor: Descriptor,
  words: RawWords,
  { cwd, env }: Surroundings,
  dir: string,
): Promise<string> => {
  if (descriptor.beginsHere || words.options.dir !== undefined || env.CHATOPS_DIR !== undefined) return dir;
  const { stackDirectoryAbove } = await import('../wiring/stack-directory-above.ts');
  return stackDirectoryAbove(cwd) ?? dir;
};

const invocationOf = async (
  process: Process,
  descriptor: Descriptor,
  words: RawWords,
  surroundings: Surroundings,
): Promise<Invocation> => {
  const { dir: named, engine, set, yes, json } = readOptions(COMMON_OPTIONS, words, surroundings);
  const dir = await directoryOf(descriptor, words, surroundings, named);
  const interactive = process.isTerminal && !json && process.env.CI === undefined;
  const { env, out, err, known, signal } = process;
  const asks =
    interactive && !yes
      ? {
          ask: (question: Prompt) => askOne(question, signal),
          askYesNo: (question: string) => askYesNo(question, signal),
        }
      : {};
  return { dir, json, yes, engine, set, env, interactive, ...asks, out, err, known, signal };
};

/** Found, not understood: what it means is for the descriptor to read. */
const optionFor = ([name, kind]: readonly [string, OptionKind<unknown>]): Option => {
  const option = new Option(flagsOf(name, kind), optionHelp(kind));
  return kind.repeated ? option.argParser((word, before: readonly string[] = []) => [...before, word]) : option;
};

const argumentFor = ([name, { about, required }]: readonly [string, ArgumentKind]): Argument =>
  new Argument(required ? `<${name}>` : `[${name}]`, about);

type Run = (descriptor: Descriptor, words: RawWords) => Promise<void>;

const addCommand = (parent: Command, descriptor: Descriptor, run: Run): Command => {
  const { name, about, group, args, isDefault } = descriptor;
  const command = parent
    .command(name, { isDefault: isDefault ?? false })
    .description(about)
    .helpGroup(`${group}:`);
  for (const argument of Object.entries(args).map(argumentFor)) command.addArgument(argument);
  return command.action(() => run(descriptor, { options: command.opts<Record<string, Given>>(), args: command.args }));
};

/** Our commands with what describes them. A command gets its options when it is named: all have three hundred together. */
type Ours = Map<Command, Descriptor>;

const addOptions = (command: Command, ours: Ours): void => {
  const descriptor = command.options.length === 0 ? ours.get(command) : undefined;
  if (descriptor === undefined) return;
  for (const each of Object.entries({ ...descriptor.options, ...COMMON_OPTIONS })) command.addOption(optionFor(each));
};

/** As commander writes it once a command's options are there. */
const termOf = (command: Command, ours: Ours): string =>
  [
    command.name(),
    ...(ours.has(command) ? ['[options]'] : []),
    ...command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}]`)),
  ].join(' ');

/** `help up` shows a command without having it named. */
const helpWith = (ours: Ours): HelpConfiguration => ({
  subcommandTerm: (command) => termOf(command, ours),
  formatHelp: (command, helper) => {
    addOptions(command, ours);
    return Help.prototype.formatHelp.call(helper, command, helper);
  },
});

/** The command that a descriptor's name stands under, made when the first of them comes. */
const parentOf = (program: Command, { under, group }: Descriptor): Command => {
  if (under === undefined) return program;
  const found = program.commands.find((command) => command.name() === under.name);
  return found ?? program.command(under.name).description(under.about).helpGroup(`${group}:`);
};

const namesOf = ({ commands }: Command): string => commands.map((command) => command.name()).join(', ');

const meantOrAll = async (word: string, program: Command): Promise<string> => {
  const { nearest } = await import('../values/nearest.ts');
  const meant = nearest(
    word,
    program.commands.map((command) => command.name()),
  );
  return meant === undefined ? `there are ${namesOf(program)}` : `did you mean ${meant}?`;
};

/** What was wrong, where commander's own words would not say it. */
const betterWhy = async (
  { code }: CommanderError,
  argv: readonly string[],
  program: Command,
): Promise<string | undefined> => {
  const word = argv.find((each) => !each.startsWith('-'));
  const command = program.commands.find((each) => each.name() === word);
  // An unknown first word is taken for an argument of the default command, which wants none.
  if (code === 'commander.excessArguments' && word !== undefined && command === undefined)
    return `there is no command ${JSON.stringify(word)}; ${await meantOrAll(word, program)}`;
  if (code === 'commander.help' && command !== undefined)
    return `${command.name()} wants one more word: ${namesOf(command)}`;
  return undefined;
};

/** The help of the command that was named. */
const helpOf = (argv: readonly string[], program: Command): string | undefined => {
  const word = argv.find((each) => !each.startsWith('-'));
  const found = program.commands.find((command) => command.name() === word);
  return found && `read \`chatops-up ${found.name()} --help\``;
};

const explain = async (thrown: CommanderError, argv: readonly string[], program: Command): Promise<ChatopsError> =>
  misunderstood(
    (await betterWhy(thrown, argv, program)) ?? thrown.message.replace(/^error: /, ''),
    thrown,
    helpOf(argv, program),
  );

/** Runs the command line. @returns the exit status. @throws ChatopsError whatever a command throws; USAGE for a wrong line */
export const runProgram = async (process: Process): Promise<number> => {
  let status = 0;
  const surroundings: Surroundings = { cwd: process.cwd, env: process.env };
  const run: Run = async (descriptor, words) => {
    status = await descriptor.run(await invocationOf(process, descriptor, words, surroundings), words, surroundings);
  };
  const ours: Ours = new Map();
  const program = new Command('chatops-up')
    .description('From nothing to a working, wired and proven ChatOps; run again, it changes nothing and says so.')
    .version(process.version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: process.out, writeErr: () => undefined })
    .showHelpAfterError(false)
    .configureHelp(helpWith(ours))
    .commandsGroup('Help:');
  for (const descriptor of COMMANDS) {
    const parent = parentOf(program, descriptor);
    ours.set(addCommand(parent, descriptor, run), descriptor);
  }
  for (const parent of [program, ...program.commands])
    parent.hook('preSubcommand', (_parent, named) => addOptions(named, ours));
  try {
    await program.parseAsync(process.argv, { from: 'user' });
    return status;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return 0;
    throw await explain(thrown, process.argv, program);
  }
};
