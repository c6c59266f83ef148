/** What can be completed, read from the table of commands. Pure. */
import { type Descriptor, fullName } from '../../programs/descriptors/descriptor.ts';
import type { OptionKind } from '../../programs/descriptors/option-kind.ts';
import { kebab } from '../../programs/descriptors/read-words.ts';
import { COMMON_OPTIONS } from '../common-options.ts';

/** What stands after an option. */
export type After = 'nothing' | 'path' | 'text' | readonly string[];

export interface OptionWords {
  /** `--detailed-exitcode` */
  readonly flag: string;
  readonly about: string;
  readonly after: After;
}

export interface CommandWords {
  /** `notifier test` */
  readonly name: string;
  readonly about: string;
  readonly options: readonly OptionWords[];
  readonly takesPath: boolean;
}

export interface CompletionWords {
  readonly commands: readonly CommandWords[];
  /** Words that need another one after them. */
  readonly groups: readonly { readonly name: string; readonly about: string }[];
  /** Run when none is named: its options may stand first. */
  readonly byDefault: CommandWords | undefined;
}

const PATHS = ['<path>', '<file>', '<directory>'];

const afterOf = ({ value, choices }: OptionKind<unknown>): After => {
  if (value === undefined) return 'nothing';
  return choices ?? (PATHS.includes(value) ? 'path' : 'text');
};

const commandWords = (descriptor: Descriptor): CommandWords => ({
  name: fullName(descriptor),
  about: descriptor.about,
  options: [
    ...Object.entries({ ...descriptor.options, ...COMMON_OPTIONS }).map(([name, kind]) => ({
      flag: `--${kebab(name)}`,
      about: kind.about,
      after: afterOf(kind),
    })),
    { flag: '--help', about: 'display help for command', after: 'nothing' as const },
  ],
  takesPath: Object.values(descriptor.args).some(({ isPath }) => isPath === true),
});

export const wordsOf = (descriptors: readonly Descriptor[]): CompletionWords => {
  const first = descriptors.find(({ isDefault }) => isDefault === true);
  return {
    commands: descriptors.map(commandWords),
    groups: [...new Map(descriptors.flatMap(({ under }) => (under ? [[under.name, under]] : []))).values()],
    byDefault: first && commandWords(first),
  };
};

/** What may follow when nothing was named yet: commands and groups, each once. */
export const firstWords = ({
  commands,
  groups,
}: CompletionWords): readonly Omit<CommandWords, 'options' | 'takesPath'>[] => [
  ...commands.filter(({ name }) => !name.includes(' ')),
  ...groups,
];

/** The words after a group's own. */
export const secondWords = (
  { commands }: CompletionWords,
  group: string,
): readonly { readonly name: string; readonly about: string }[] =>
  commands.flatMap(({ name, about }) =>
    name.startsWith(`${group} `) ? [{ name: name.slice(group.length + 1), about }] : [],
  );

/** Options of any command, each once: what stands after one is the same wherever it stands. */
export const allOptions = ({ commands }: CompletionWords): readonly OptionWords[] => [
  ...new Map(commands.flatMap(({ options }) => options).map((option) => [option.flag, option])).values(),
];
