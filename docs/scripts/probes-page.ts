import { wordsRows } from '../../src/prober/words-help.ts';
import { PROBE_KINDS } from '../../src/wiring/probe-kinds.ts';
import { type Page, page } from './page.ts';
import { code, table } from './tables.ts';

const INTRODUCTION = `\`chatops-probe\` asks one question, prints one line, and exits with 0 (healthy) or 1. It is the HEALTHCHECK of every container.
Healthy means *usable*: \`docker compose ps\` shows \`unhealthy\` while mongo has no PRIMARY, the bot is not logged in or may not post
in its rooms, GitLab no longer accepts the runner's token, or a virtual host has lost its back end, and \`healthy\` again once that is
fixed. \`compose.yaml\` says how often each is asked; a \`compose.override.yaml\` beside it may change that.

\`chatops-probe reach HOST:PORT …\` reports which addresses can be reached from where it runs: name, address, time. Secrets are
read from environment variables that \`--password-from\` and \`--token-from\` name, never from the command line.
`;

const COMMON = `Every kind takes \`--timeout\` (of one answer, default 3s), \`--wait\` (ask again until it is ready, for so long; default: ask
once) and \`--json\`. \`chatops-probe --help\` prints this table.
`;

const kinds = (): string =>
  table(
    ['words after `chatops-probe`', 'ready means'],
    wordsRows(PROBE_KINDS).map(({ usage, about }) => [code(usage), about]),
  );

export const probesPage = (): Page =>
  page(
    'docs/probes.md',
    'Probes',
    'src/wiring/probe-kinds.ts',
    [INTRODUCTION, '## Kinds and options\n', COMMON, kinds()].join('\n'),
  );
