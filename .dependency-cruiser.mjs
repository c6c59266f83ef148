/**
 * Who may import whom: config → stack → render / engine → jobs → report, side effects at the edges. The core knows no
 * product: a product is a folder in src/parts, and parts meet only through contracts.
 * Run as `npm run structure`; ARCHITECTURE.md says the same in a picture. Each rule has its reason in a sentence.
 */
const only = (name, from, to, comment) => ({
  name,
  severity: 'error',
  comment,
  from: { path: from },
  to: { path: '^(src|operations|packages)', pathNot: [from, ...to] },
});

const VALUES = '^src/(values|errors)/';
const STACK = '^src/stack/';
const CONTRACTS = '^src/contracts/';
const TOOLS_IMAGE = '^src/tools-image/';
/** Asked of any server, whatever its product. */
const PROBES = '^src/probes/';

const packageOnlyIn = (name, path) => ({
  name: `${name}-stays-at-its-edge`,
  severity: 'error',
  comment: `${name} is imported in one place, so that it can be replaced there.`,
  from: { path: '^(src|operations|packages)', pathNot: path },
  to: { path: `node_modules/${name}/` },
});

export default {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'A circle has no beginning to read from; a type that is imported back gets a file of its own.',
      from: { path: '^(src|packages)' },
      to: { circular: true },
    },
    only('errors-know-nothing', '^src/errors/', [], 'Everybody throws them, so they import nobody.'),
    only('values-know-errors', '^src/values/', ['^src/errors/'], 'Values are checked when made and know nothing else.'),
    only(
      'config-is-first',
      '^src/config/',
      [VALUES, '^src/notifier/core/(wording/|read[.]ts)'],
      'Data flows to the right: the configuration knows nothing of what is made of it, but the texts that users may replace.',
    ),
    only(
      'stack-is-from-config',
      STACK,
      ['^src/config/', VALUES, '^src/contracts/((house|part|probe-kinds)[.]ts|sections/)'],
      'The graph is folded from what the parts make of the configuration.',
    ),
    only(
      'contracts-are-words',
      CONTRACTS,
      ['^src/config/', STACK, VALUES, '^packages/standins/src/'],
      'A contract is our own words for something outside, or for what parts owe each other.',
    ),
    only(
      'render-is-pure',
      '^src/render/',
      [STACK, CONTRACTS, '^src/config/', '^src/prober/write-words[.]ts', VALUES],
      'Renderers turn the graph into text and touch nothing.',
    ),
    only('probes-ask-contracts', PROBES, [STACK, CONTRACTS, VALUES], 'A probe knows neither waiting nor jobs.'),
    {
      name: 'parts-meet-through-contracts',
      severity: 'error',
      comment: 'A part that knew another one could not be taken out, or played by a third.',
      from: { path: '^src/parts/([^/]+)/' },
      to: {
        path: '^(src|operations|packages)',
        pathNot: [
          '^src/parts/$1/',
          CONTRACTS,
          STACK,
          VALUES,
          PROBES,
          '^src/(config|notifier|render|adapters)/',
          '^packages/standins/',
        ],
      },
    },
    {
      name: 'core-knows-no-part',
      severity: 'error',
      comment: 'What is known of a product stands in its folder; only wiring joins it to the rest.',
      from: { path: '^src/(errors|values|config|engine|doctor|report|notifier|probes|prober|adapters|cli)/' },
      to: { path: '^src/(parts|roles)/' },
    },
    only(
      'roles-ask-contracts',
      '^src/roles/',
      ['^src/config/', STACK, CONTRACTS, VALUES],
      'What is asked of any product that fills a role knows none of them.',
    ),
    only(
      'proofs-ask-contracts',
      '^src/proofs/',
      ['^src/config/', STACK, CONTRACTS, PROBES, VALUES],
      'What is proven of a stack is proven whatever its products are.',
    ),
    only(
      'simulate-asks-contracts',
      '^src/simulate/',
      [STACK, CONTRACTS, VALUES],
      'Playing a delivery needs the chat alone; the script that is played is handed in.',
    ),
    only(
      'smoke-asks-contracts',
      '^src/smoke/',
      [STACK, CONTRACTS, VALUES, '^src/simulate/'],
      'What is proven of a live stack is asked by probes and contracts: the tables are handed in, so that it runs on any engine.',
    ),
    only(
      'engine-knows-no-service',
      '^src/engine/',
      [STACK, CONTRACTS, VALUES],
      'The engine is handed probes and jobs.',
    ),
    only(
      'report-is-last',
      '^src/report/',
      ['^src/engine/', CONTRACTS, STACK, VALUES, '^src/smoke/outcome[.]ts', '^src/doctor/(diagnosis|seen)[.]ts'],
      'Reports read outcomes and events.',
    ),
    only(
      'adapters-implement-contracts',
      '^src/adapters/',
      [CONTRACTS, STACK, VALUES, TOOLS_IMAGE, '^src/render/pieces[.]ts'],
      'An adapter is one contract over one package.',
    ),
    only(
      'stand-ins-stand-alone',
      '^packages/standins/',
      [],
      'A stand-in that shared code with our clients would judge nothing.',
    ),
    only(
      'prober-is-a-wire',
      '^src/prober/',
      [STACK, CONTRACTS, VALUES],
      'What the engine and its containers say to each other: lines, and both ends of the wire.',
    ),
    only(
      'tools-image-is-bytes',
      TOOLS_IMAGE,
      [VALUES],
      'What the tools image is made of, for those who build it and those who load it.',
    ),
    only(
      'engines-drive',
      '^src/engines/',
      [CONTRACTS, STACK, VALUES, TOOLS_IMAGE, '^src/prober/', '^src/(adapters|render)/', '^packages/standins/'],
      'An engine runs the services of a graph and knows no product.',
    ),
    only(
      'doctor-asks-contracts',
      '^src/doctor/',
      [STACK, CONTRACTS, VALUES],
      'What is wrong is decided from the graph and from what contracts saw; nothing is fixed here.',
    ),
    only(
      'relay-asks-contracts',
      '^src/parts/relay/program/',
      [CONTRACTS, VALUES, '^src/notifier/core/'],
      'The relay knows no chat: it is handed a renderer and a sink.',
    ),
    only('notifier-stands-alone', '^src/notifier/', [VALUES], 'It runs in a sandbox and knows neither chat nor stack.'),
    {
      name: 'stages-are-for-operations',
      severity: 'error',
      comment: 'Stages join what operations.ts and the command line call; nothing that is joined may know them.',
      from: { path: '^src/', pathNot: '^src/(stages|cli|wiring)/' },
      to: { path: '^src/stages/' },
    },
    {
      name: 'operations-know-no-edge',
      severity: 'error',
      comment: 'Operations are handed their world: what implements it, the parts of a stack too, is joined in wiring.',
      from: { path: '^(operations|src/stages)' },
      to: { path: '^(src/(adapters|cli|engines|parts|programs|report|roles|wiring)|packages)/' },
    },
    {
      name: 'programs-run-parts',
      severity: 'error',
      comment:
        'A program in a container may be that of a part, and needs to know where it listens and is mounted; what else is of a part is joined in wiring.',
      from: { path: '^src/programs/' },
      to: { path: '^src/(parts|roles)/', pathNot: '^src/parts/[^/]+/(program/|(port|place)[.]ts$)' },
    },
    {
      name: 'cli-runs-no-engine',
      severity: 'error',
      comment: 'Which engine runs a stack is decided in wiring: a command that knew one would refuse the others.',
      from: { path: '^src/(cli|programs)/' },
      to: { path: '^(src/engines|packages)/' },
    },
    {
      name: 'only-wiring-joins',
      severity: 'error',
      comment: 'Where contracts meet what implements them is one place; programs and commands call it.',
      from: {
        path: '^src/',
        pathNot: '^src/(wiring|programs|cli)/',
      },
      to: { path: '^src/wiring/' },
    },
    {
      name: 'nobody-imports-cli',
      severity: 'error',
      comment: 'The command line is the outermost edge.',
      from: { path: '^(src|operations)', pathNot: '^src/cli/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'commands-load-late',
      severity: 'error',
      comment:
        'The table of commands is read by every start, also by --help: what a command does is loaded when it runs.',
      from: { path: '^src/(cli|programs)/descriptors/' },
      to: {
        path: '^(src|operations|packages)',
        pathNot: ['^src/(cli|programs)/descriptors/', '^src/errors/', '^src/wiring/invocation[.]ts'],
        dynamic: false,
      },
    },
    {
      name: 'deciding-does-no-io',
      severity: 'error',
      comment: 'What decides can be run without disk or network.',
      from: {
        path: [
          '^src/(config|contracts|stack|render|engine|probes|proofs|errors|values|notifier|simulate|smoke|doctor|stages|tools-image)/',
          '^src/parts/[^/]+/(?!client/)',
        ],
      },
      to: { dependencyTypes: ['core'], pathNot: ['^(node:)?(crypto|util)$'] },
    },
    packageOnlyIn('dockerode', '^src/engines/docker/client/'),
    packageOnlyIn('@gitbeaker', '^src/parts/gitlab/client/'),
    packageOnlyIn('@rocket[.]chat', '^src/parts/rocketchat/client/sdk[.]ts$'),
    packageOnlyIn('execa', '^src/engines/docker/client/'),
    packageOnlyIn('listr2', '^src/report/live(-line)?[.]ts'),
    packageOnlyIn('mongodb', '^(src/parts/mongodb/client|packages/standins/src/rocketchat)/'),
    packageOnlyIn('pg', '^src/parts/postgres/client/'),
    packageOnlyIn('commander', '^src/cli/'),
    packageOnlyIn('@inquirer', '^src/cli/ask[.]ts'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['chatops-source', 'import', 'node', 'default', 'types'],
    },
  },
};
