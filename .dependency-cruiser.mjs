/**
 * Who may import whom: config → stack → render / engine → jobs → report, side effects at the edges.
 * Run as `npm run structure`; ARCHITECTURE.md says the same in a picture. Each rule has its reason in a sentence.
 */
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: '^(src|operations)', pathNot: [from, ...to] },
});

const VALUES = '^src/(values|errors)/';
const STACK = '^src/stack/';
const PORTS = '^src/ports/';

const packageOnlyIn = (name, path) => ({
  name: `${name}-stays-at-its-edge`,
  severity: 'error',
  comment: `${name} is imported in one place, so that it can be replaced there.`,
  from: { path: '^(src|operations)', pathNot: path },
  to: { path: `node_modules/${name}/` },
});

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'A circle has no beginning to read from.',
      from: { path: '^src' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    only('errors-know-nothing', '^src/errors/', [], 'Everybody throws them, so they import nobody.'),
    only('values-know-errors', '^src/values/', ['^src/errors/'], 'Values are checked when made and know nothing else.'),
    only(
      'config-is-first',
      '^src/config/',
      [VALUES, '^src/notifier/core/(wording/|read[.]ts)'],
      'Data flows to the right: the configuration knows nothing of what is made of it, but the texts that a person may replace.',
    ),
    only('stack-is-from-config', STACK, ['^src/config/', VALUES], 'The graph is built from the configuration alone.'),
    only(
      'render-is-pure',
      '^src/render/',
      [STACK, '^src/config/', VALUES],
      'Renderers turn the graph into text and touch nothing.',
    ),
    only(
      'ports-are-words',
      PORTS,
      [STACK, '^src/jobs/job[.]ts', '^src/probes/probe[.]ts', VALUES],
      'A port is our own words for something outside.',
    ),
    only('probes-ask-ports', '^src/probes/', [STACK, PORTS, VALUES], 'A probe knows neither waiting nor jobs.'),
    only(
      'jobs-ask-ports',
      '^src/jobs/',
      [STACK, PORTS, VALUES, '^src/notifier/'],
      'A job knows neither probes nor the engine.',
    ),
    only(
      'simulate-asks-ports',
      '^src/simulate/',
      [STACK, PORTS, VALUES],
      'Playing a delivery needs the chat alone; the script that is played is handed in.',
    ),
    only(
      'smoke-asks-ports',
      '^src/smoke/',
      [STACK, PORTS, VALUES, '^src/simulate/', '^src/probes/probe[.]ts', '^src/jobs/job[.]ts'],
      'What is proven of a live stack is asked by probes and ports: the tables are handed in, so that it runs on any engine.',
    ),
    only(
      'engine-knows-no-service',
      '^src/engine/',
      [STACK, PORTS, VALUES, '^src/probes/probe[.]ts', '^src/jobs/job[.]ts'],
      'The engine is handed probes and jobs.',
    ),
    only(
      'report-is-last',
      '^src/report/',
      [
        '^src/engine/',
        PORTS,
        STACK,
        VALUES,
        '^src/jobs/job[.]ts',
        '^src/smoke/outcome[.]ts',
        '^src/doctor/diagnosis[.]ts',
      ],
      'Reports read outcomes and events.',
    ),
    only(
      'adapters-implement-ports',
      '^src/adapters/',
      [PORTS, STACK, VALUES, '^src/render/pieces[.]ts'],
      'An adapter is one port over one package.',
    ),
    only(
      'stand-ins-share-no-client',
      '^src/embedded/',
      [STACK, PORTS, VALUES, '^src/config/', '^src/render/'],
      'A stand-in that shared code with our clients would judge nothing.',
    ),
    only(
      'inside-is-words',
      '^src/inside/',
      [STACK, PORTS, VALUES, '^src/probes/probe[.]ts', '^src/jobs/job[.]ts'],
      'What the engine and its containers say to each other: lines, and neither end of the wire.',
    ),
    only(
      'docker-drives-containers',
      '^src/docker/',
      [PORTS, STACK, VALUES, '^src/inside/', '^src/probes/probe[.]ts', '^src/jobs/job[.]ts'],
      'The engine of containers decides over ports; Docker and Compose are adapters.',
    ),
    only(
      'doctor-asks-ports',
      '^src/doctor/',
      [STACK, PORTS, VALUES],
      'What is wrong is decided from the graph and from what ports saw; nothing is mended here.',
    ),
    only(
      'bot-asks-ports',
      '^src/bot/',
      [PORTS, VALUES, '^src/probes/room-access[.]ts'],
      'The bot lives on the chat alone; what it may do there is judged as its probe judges it.',
    ),
    only(
      'relay-asks-ports',
      '^src/relay/',
      [PORTS, VALUES, '^src/notifier/core/'],
      'The relay knows no chat: it is handed a renderer and a sink.',
    ),
    only('notifier-stands-alone', '^src/notifier/', [VALUES], 'It runs in a sandbox and knows neither chat nor stack.'),
    {
      name: 'stages-are-for-operations',
      severity: 'error',
      comment: 'Stages join what operations.ts and the command line call; nothing that is joined may know them.',
      from: { path: '^src/', pathNot: '^src/(stages|cli)/' },
      to: { path: '^src/stages/' },
    },
    {
      name: 'operations-know-no-edge',
      severity: 'error',
      comment: 'Operations are handed their world.',
      from: { path: '^(operations|src/stages)' },
      to: { path: '^src/(adapters|cli|embedded|report)/' },
    },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      comment: 'The command line is the outermost edge.',
      from: { path: '^(src|operations)', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'deciding-does-no-io',
      severity: 'error',
      comment: 'What decides can be run without disk or network.',
      from: {
        path: '^src/(config|stack|render|engine|jobs|probes|errors|values|notifier|relay|simulate|smoke|doctor|stages)/',
      },
      to: { dependencyTypes: ['core'], pathNot: ['^(node:)?(crypto|util)$'] },
    },
    packageOnlyIn('dockerode', '^src/adapters/'),
    packageOnlyIn('@gitbeaker', '^src/adapters/gitlab'),
    packageOnlyIn('@rocket[.]chat', '^src/adapters/rocketchat'),
    packageOnlyIn('execa', '^src/adapters/'),
    packageOnlyIn('listr2', '^src/report/live[.]ts'),
    packageOnlyIn('mongodb', '^src/(adapters/mongo|embedded/rocketchat/)'),
    packageOnlyIn('commander', '^src/cli/'),
    packageOnlyIn('@inquirer', '^src/cli/ask[.]ts'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
