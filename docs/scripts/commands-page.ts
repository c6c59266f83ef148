import { COMMON_OPTIONS } from '../../src/cli/common-options.ts';
import { COMMANDS } from '../../src/cli/descriptors/index.ts';
import { optionHelp } from '../../src/cli/help-text.ts';
import { type Descriptor, fullName } from '../../src/programs/descriptors/descriptor.ts';
import type { Options } from '../../src/programs/descriptors/option-kind.ts';
import { flagsOf } from '../../src/programs/descriptors/read-words.ts';
import { type Page, page } from './page.ts';
import { code, table } from './tables.ts';

const INTRODUCTION = `Without a command, chatops-up asks a few questions if there is no \`chatops.yaml\`, then does what \`up\` does. \`chatops-up --help\`
lists the commands, \`chatops-up COMMAND --help\` the options of one. Nothing is asked when nobody can answer.
[Exit statuses](errors.md#exit-statuses) are stable.
`;

const MORE = `## Docker on another machine

With \`DOCKER_HOST\` the containers run on another machine. chatops-up only talks to that Docker Engine. One limitation: containers
bind-mount files from the stack directory, so it must exist at the same path on that host (a shared folder, for example). If it
does not, \`up\` stops before starting anything.

## As a library

\`import { openDirectory, plan, up } from 'chatops-up'\`; the exports are in [library.ts](../src/wiring/library.ts).
`;

const optionRows = (options: Options): readonly (readonly string[])[] =>
  Object.entries(options).map(([name, kind]) => [code(flagsOf(name, kind)), optionHelp(kind)]);

const usage = (descriptor: Descriptor): string => {
  const args = Object.entries(descriptor.args).map(([name, { required }]) => (required ? `<${name}>` : `[${name}]`));
  return [fullName(descriptor), ...args].join(' ');
};

const argumentRows = ({ args }: Descriptor): readonly (readonly string[])[] =>
  Object.entries(args).map(([name, { about, required }]) => [code(required ? `<${name}>` : `[${name}]`), about]);

/** Help texts begin small and end bare. */
const asSentence = (about: string): string => `${about.charAt(0).toUpperCase()}${about.slice(1)}.`;

const section = (descriptor: Descriptor): string => {
  const { about, options, examples = [], readMore } = descriptor;
  const rows = [...argumentRows(descriptor), ...optionRows(options)];
  const parts = [
    `### ${code(usage(descriptor))}\n`,
    `${asSentence(about)}\n`,
    ...(rows.length === 0 ? [] : [table(['argument or option', 'meaning'], rows)]),
    ...(examples.length === 0
      ? []
      : [`\`\`\`sh\n${examples.map((example) => `chatops-up ${example}\n`).join('')}\`\`\`\n`]),
    ...(readMore === undefined ? [] : [`More in [${readMore.replace(/#.*/, '')}](${readMore}).\n`]),
  ];
  return parts.join('\n');
};

/** In the order of the table, as the help shows them. */
const groups = (): readonly string[] => [...new Set(COMMANDS.map(({ group }) => group))];

const groupSection = (group: string): string =>
  [`## ${group}\n`, ...COMMANDS.filter((each) => each.group === group).map(section)].join('\n');

export const commandsPage = (): Page =>
  page(
    'docs/commands.md',
    'Commands',
    'src/cli/descriptors/index.ts',
    [
      INTRODUCTION,
      ...groups().map(groupSection),
      `## Options of every command\n\n${table(['argument or option', 'meaning'], optionRows(COMMON_OPTIONS))}`,
      MORE,
    ].join('\n'),
  );
