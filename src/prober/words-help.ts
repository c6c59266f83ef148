/** How every kind of probe is written, out of the descriptions themselves: for a terminal, and for a page. Pure. */
import type { SingleKind } from '../contracts/probe-kind.ts';
import type { ProbeKinds } from '../contracts/probe-kinds.ts';

export interface WordsRow {
  /** The first word. */
  readonly what: string;
  /** All words: `wiki-login URL --user NAME --password-from VARIABLE`. */
  readonly usage: string;
  /** What holds when it is ready. */
  readonly about: string;
}

const usageOf = ({ what, words: { target, options } }: SingleKind): string =>
  [what, target.shown, ...options.map(({ option, values }) => values.usage(option))].join(' ');

/** What is no kind of its own. */
const OTHERS: readonly WordsRow[] = [
  {
    what: 'all',
    usage: 'all SERVICE [--question alive|ready|usable (default usable)] [--table FILE]',
    about: 'that holds of the service, as the table of probes asks it',
  },
  {
    what: 'reach',
    usage: 'reach HOST:PORT [HOST:PORT …] [--timeout 2s]',
    about: 'these addresses are reached from here',
  },
];

/** Every kind that has words, in the order of the table, then what is no kind. */
export const wordsRows = (kinds: ProbeKinds): readonly WordsRow[] => [
  ...[...kinds.values()].flatMap((kind) =>
    'parts' in kind ? [] : [{ what: kind.what, usage: usageOf(kind), about: kind.about }],
  ),
  ...OTHERS,
];

const lines = ({ usage, about }: WordsRow): string => `  ${usage}\n      ${about}`;

/** What `chatops-probe --help` prints. */
export const probeHelp = (
  kinds: ProbeKinds,
): string => `chatops-probe <what> <target> [--timeout 3s] [--wait 60s] [--json]

${wordsRows(kinds).map(lines).join('\n')}

Exits with 0 when that holds, else with 1 (with 64, outside of containers, where the words were not understood), and prints one line. Secrets are read from the variables named.
`;
