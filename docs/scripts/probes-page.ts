import { kindOf } from '../../src/contracts/probe-kinds.ts';
import { wordsRows } from '../../src/prober/words-help.ts';
import { ALL, probeArguments } from '../../src/prober/write-words.ts';
import { buildStack } from '../../src/stack/build-stack.ts';
import { QUESTIONS, type Question, questionsOf } from '../../src/stack/questions.ts';
import { servicesOf } from '../../src/stack/services-of.ts';
import type { ProbeSpec } from '../../src/stack/stack.ts';
import { defaultConfig } from '../../src/wiring/own-house.ts';
import { PARTS } from '../../src/wiring/parts.ts';
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

const THREE = `## Three questions

| question | what it means | who asks |
| --- | --- | --- |
| *alive* | its process works | an orchestrator, which may kill it when not: it asks nothing of another service |
| *ready* | it takes traffic | a balancer, which passes it by when not |
| *usable* | it does what it is for | gates, and the HEALTHCHECK of every container |

What holds takes those before it for granted. \`status\`, and the report of a run that failed, say which of them broke:
\`alive, not ready: mongo degraded\`, \`ready, not usable: …\`; \`status --json\` has all three under \`questions\`.
\`chatops-probe all SERVICE --question alive\` asks one of them. As the prober asks them in the default stack:
`;

const asked = (spec: ProbeSpec, name: string, question: Question): string => {
  const words = probeArguments(PROBE_KINDS, spec) ?? [
    ALL,
    name,
    ...(question === 'usable' ? [] : ['--question', question]),
  ];
  return `${code(words.join(' '))}: ${kindOf(PROBE_KINDS, spec.what).about}`;
};

const services = (): string => {
  const stack = buildStack(defaultConfig(), { parts: PARTS, probes: PROBE_KINDS });
  const rows = servicesOf(stack).map((service) => {
    const questions = questionsOf(service, 'containers');
    const cells = QUESTIONS.map((question) => {
      const spec = questions[question];
      return spec === undefined ? '–' : asked(spec, service.name, question);
    });
    const [alive = '', ready = '', usable = ''] = cells;
    return [code(service.name), alive, ready === usable ? 'as usable' : ready, usable];
  });
  return table(['service', ...QUESTIONS], rows);
};

export const probesPage = (): Page =>
  page(
    'docs/probes.md',
    'Probes',
    'src/wiring/probe-kinds.ts',
    [INTRODUCTION, THREE, services(), '## Kinds and options\n', COMMON, kinds()].join('\n'),
  );
