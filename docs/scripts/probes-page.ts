import { PROBE_HELP } from '../../src/programs/probe-spec.ts';
import { type Page, page } from './page.ts';

/** What `chatops-probe --help` prints: the one place to change when the kinds of probes describe themselves. */
const probeWords = (): string => `\`\`\`\n${PROBE_HELP.trimEnd()}\n\`\`\`\n`;

const INTRODUCTION = `\`chatops-probe\` asks one question, prints one line, and exits with 0 (healthy) or 1. It is the HEALTHCHECK of every container.
Healthy means *usable*: \`docker compose ps\` shows \`unhealthy\` while mongo has no PRIMARY, the bot is not logged in or may not post
in its rooms, GitLab no longer accepts the runner's token, or a virtual host has lost its back end, and \`healthy\` again once that is
fixed. \`compose.yaml\` says how often each is asked; a \`compose.override.yaml\` beside it may change that.

\`chatops-probe reach HOST:PORT …\` reports which addresses can be reached from where it runs: name, address, time. Secrets are
read from environment variables that \`--password-from\` and \`--token-from\` name, never from the command line.

## Kinds and options
`;

export const probesPage = (): Page =>
  page('docs/probes.md', 'Probes', 'src/programs/probe-spec.ts', `${INTRODUCTION}\n${probeWords()}`);
