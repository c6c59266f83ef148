import { CATALOGUE, EXIT, type ExitName } from '../../src/errors/catalogue.ts';
import { type Page, page } from './page.ts';
import { code, table } from './tables.ts';

const MEANING_OF_EXIT: Readonly<Record<ExitName, string>> = {
  ok: 'done, or nothing to do',
  failed: 'ran and failed; also a conflict with something made by hand',
  drift: 'only `plan --detailed-exitcode`: there is something to do',
  usage: 'the command line was not understood',
  config: 'the configuration or `.env` was refused',
  timedOut: 'a deadline passed',
  interrupted: 'interrupted by a signal',
  readerGone: 'what read the output went away midway (`chatops-up up | head`)',
};

const INTRODUCTION = `Every failure prints its code, what failed and where, why, and what to do next:

\`\`\`
GATE_TIMED_OUT  what failed, and where
  why   the cause, as the server or the machine put it
  next  a command to run, or a key to change
\`\`\`

Codes and exit statuses are stable; the prose may improve. The cause of your failure is in its \`why\`, and its \`next\` may be
more exact than the cure listed here. [Troubleshooting](troubleshooting.md) starts from symptoms instead.
`;

export const errorsPage = (): Page => {
  const statuses = Object.entries(EXIT) as [ExitName, number][];
  const exits = statuses.map(([name, status]) => [String(status), MEANING_OF_EXIT[name]]);
  const codes = Object.entries(CATALOGUE).map(([name, { meaning, cause, next, exit }]) => [
    code(name),
    meaning,
    cause,
    next,
    String(EXIT[exit]),
  ]);
  const body = [
    INTRODUCTION,
    '## Exit statuses\n',
    table(['exit status', 'meaning'], exits),
    '## Codes\n',
    table(['code', 'meaning', 'usual cause', 'cure', 'exit status'], codes),
  ];
  return page('docs/errors.md', 'Errors', 'src/errors/catalogue.ts', body.join('\n'));
};
