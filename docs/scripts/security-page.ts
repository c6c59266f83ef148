import { JUDGED, SDK } from '../../packages/release/judged.ts';
import { ALLOWED } from '../../packages/release/licences.ts';
import { buildStack } from '../../src/stack/build-stack.ts';
import { type Confining, confined, INSTALL_ALLOWS, JOB_ALLOWS } from '../../src/stack/confinement.ts';
import { servicesOf } from '../../src/stack/services-of.ts';
import type { Allowance } from '../../src/stack/stack.ts';
import { defaultConfig } from '../../src/wiring/own-house.ts';
import { PARTS } from '../../src/wiring/parts.ts';
import { PROBE_KINDS } from '../../src/wiring/probe-kinds.ts';
import { BENCHMARK_RULES, type BenchmarkRule } from './benchmark-rules.ts';
import { type Page, page } from './page.ts';
import { table } from './tables.ts';

const yes = (holds: boolean): string => (holds ? 'yes' : '–');

const row = (name: string, confining: Confining): readonly string[] => {
  const { user, capabilities, newPrivileges, writes, mostProcesses, memoryMib, cpus } = confined(confining);
  return [
    name,
    user ?? "the image's",
    capabilities === 'default' ? "the engine's default" : capabilities.join(', ') || 'none',
    yes(newPrivileges),
    yes(writes),
    String(mostProcesses),
    memoryMib === undefined ? 'no limit' : `${memoryMib} MiB`,
    cpus === undefined ? 'no limit' : String(cpus),
  ];
};

const nameOf = (allowance: Allowance): string =>
  allowance.what === 'capabilities'
    ? `capabilities ${allowance.which === 'default' ? "(the engine's default)" : allowance.which.join(', ')}`
    : { user: "the image's user", privileges: 'new privileges', writes: 'writes' }[allowance.what];

const reasons = (name: string, allows: readonly Allowance[] = []): readonly (readonly string[])[] =>
  allows.map((allowance) => [name, nameOf(allowance), allowance.because]);

const BROKEN_BY: Readonly<Record<NonNullable<BenchmarkRule['except']>, string>> = {
  capabilities: "who is named above with the engine's default",
  privileges: 'who is named above with new privileges',
  writes: 'who is named above as writing its root',
  restart: 'services',
  ports: 'the forge (SSH) and the front door, where `ports:` says so',
  socket: 'a runner with the docker executor',
  health: 'jobs, and what installs the tools',
};

const body = (): string => {
  const stack = buildStack(defaultConfig(), { parts: PARTS, probes: PROBE_KINDS });
  const services = servicesOf(stack);
  const containers: readonly (readonly [string, Confining])[] = [
    ...services.map(({ name, container }) => [`\`${name}\``, container] as const),
    ['every job', { allows: JOB_ALLOWS }],
    ['`tools`', { allows: INSTALL_ALLOWS }],
  ];
  const head = [
    'container',
    'user',
    'capabilities',
    'new privileges',
    'writes its root',
    'processes',
    'memory',
    'CPUs',
  ];
  return `What a container may do on the machine it runs on is nothing by itself: it runs as nobody, without capabilities and without a way
to get more, on a root file system that it can only read (\`/tmp\` is in memory), with limits. A part that needs more says so, each with
its reason; that is all there is:

${table(
  head,
  containers.map(([name, confining]) => row(name, confining)),
)}
\`limits:\` in \`chatops.yaml\` sets memory and CPUs of a service otherwise (\`limits: { mongo: { memory: 8g, cpus: none } }\`). They are limits,
no reservations: what takes more memory than it may is killed and starts again, what wants more CPU time waits. MongoDB's cache follows its
limit: raise it where there is much data. Before it starts anything, \`up\` compares what the services take in everyday use with what the engine
has, and with their limits.

## Why it is not less

The vendors' images could not be run here: where nobody could try what fails without, that is the reason.

${table(
  ['container', 'what it may', 'because'],
  containers.flatMap(([name, { allows }]) => reasons(name, allows)),
)}
A runner with the shell executor also keeps the engine's default capabilities and may get new privileges: jobs run inside it.
The docker executor mounts the engine's socket into the runner's container, which equals root on that machine.

## The CIS Docker Benchmark

What its version 1.8.0 wants of running containers, and how \`compose.yaml\` keeps it; a test judges rendered stacks by each rule. The
two left out (5.23, 5.24) are about \`docker exec\`, by which gates are asked as the container's own user.

${table(
  ['rule', 'wants', 'kept', 'may be broken by'],
  BENCHMARK_RULES.map(({ rule, wants, kept, except }) => [
    rule,
    wants,
    kept,
    except === undefined ? '–' : BROKEN_BY[except],
  ]),
)}
## Jobs of pipelines

Code of everyone who may push runs in containers of the docker executor. They reach the front door and nothing else of the stack, are never
privileged, cannot gain privileges (so no \`sudo\` to another user than theirs), cannot make devices or raw packets, and get at most 4 GiB
of memory, each of their services 2 GiB. Images are pulled anew for every job (\`pull_policy = "always"\`): else a project could use a
private image that another one has pulled.

Who reaches whom: [networks](networks.md). What is still open: [SECURITY.md](../SECURITY.md#open-today).

## Packages of others

The lock has a checksum of every package, and a test refuses a licence that is not in this list:

${table(
  ['licence', 'asks for'],
  Object.entries(ALLOWED).map(([licence, asks]) => [licence, asks]),
)}
For what only work on the project needs, MPL-2.0 may stand there as well. The texts are packed: \`dist/THIRD-PARTY.txt\` for what is taken
into the programs, \`THIRD-PARTY.txt\` of the tools packages for what is in the image; npm brings those of the others. Every release has a
list of its packages in CycloneDX ([releasing](releasing.md)).

Images of a stack are held to digests by [\`images.lock\`](images.md); without it a name is what its registry gives for it.

No package needs a script of its own to be installed: \`npm ci --ignore-scripts\` gives a project that builds and runs. What compiles
(\`ssh2\`, \`cpu-features\`) is for engines over SSH, and works without being compiled, more slowly.

\`${SDK}\` is an alpha and brings old packages, into a process that holds the bot's password. Each was read, in this version; a test
fails when the lock has another one:

${table(
  ['package', 'version', 'judged'],
  JUDGED.map(({ name, version, judgement }) => [`\`${name}\``, version, judgement]),
)}`;
};

export const securityPage = (): Page =>
  page('docs/security.md', 'Containers and what they may', 'src/stack/confinement.ts', body());
