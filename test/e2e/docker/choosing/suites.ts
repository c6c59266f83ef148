/** The suites on real containers: what makes each worth running, and why again over TCP or not. */
import { DESCRIBED, ENGINE, FAILURES, KIT, NOTIFIER, OWN_ENGINE, PARTS, PLAYED, PROGRAMS } from './paths.ts';

export interface Suite {
  /** For CHATOPS_SUITES; the suite is `<name>.ts` in the folder above. */
  readonly name: string;
  /** What it took on two quiet cores, images being there: for a run with a limit. */
  readonly seconds: number;
  /** Paths of the project whose change makes it worth running, beside its own file. */
  readonly standsOn: readonly string[];
  /** Whether it runs again when the engine is reached over TCP. There our client differs, and what it cannot see of the engine's machine. */
  readonly overTcp: boolean;
  /** Of that. */
  readonly because: string;
  /** Whether it runs against the vendors' servers too. Else it is of engines or takes many first starts: hours, and nothing new. */
  readonly live: boolean;
  /** Runs whatever has changed. Default: false */
  readonly always?: true;
}

const SUITES_AS_WRITTEN = [
  {
    name: 'compose-alone',
    seconds: 25,
    standsOn: [...KIT, ...PROGRAMS, ...DESCRIBED, ...PARTS, ...PLAYED],
    overTcp: false,
    because: 'Compose alone asks the engine',
    live: true,
  },
  {
    name: 'health',
    seconds: 126,
    standsOn: [...KIT, ...PROGRAMS, ...DESCRIBED, ...PARTS, ...PLAYED],
    overTcp: false,
    because: 'the engine itself asks HEALTHCHECKs, inside the containers',
    live: true,
  },
  {
    name: 'doctor',
    seconds: 92,
    standsOn: [
      ...[...KIT, ...PROGRAMS, ...ENGINE, 'src/doctor', 'src/report'],
      ...['doctor', 'logs', 'plan', 'status'].map((command) => `src/cli/commands/${command}.ts`),
    ],
    overTcp: true,
    because: 'programs are run in every container and logs are followed over connections of their own',
    live: true,
  },
  {
    name: 'networks',
    seconds: 44,
    standsOn: [...KIT, ...PROGRAMS, ...ENGINE, ...DESCRIBED, ...PARTS, 'src/doctor'],
    overTcp: false,
    because: 'whom a container reaches does not depend on how its engine is reached',
    live: true,
  },
  {
    name: 'main-job',
    seconds: 72,
    standsOn: [
      ...[...KIT, ...PROGRAMS, ...ENGINE, ...FAILURES, ...DESCRIBED, ...PARTS, ...PLAYED, ...NOTIFIER],
      ...['plan', 'status'].map((command) => `src/cli/commands/${command}.ts`),
      'test/e2e/docker/benchmark.ts',
    ],
    overTcp: true,
    because:
      'everything that a run asks of an engine: exec, attach, events and logs on connections that HTTP gives away',
    live: true,
    always: true,
  },
  {
    name: 'loop',
    seconds: 195,
    standsOn: [
      ...[...KIT, ...PROGRAMS, ...ENGINE, ...PARTS, ...PLAYED, ...NOTIFIER, 'src/smoke', 'src/simulate', 'src/report'],
      ...['smoke', 'simulate'].map((command) => `src/cli/commands/${command}.ts`),
    ],
    overTcp: false,
    because:
      'it asks through the prober as the main job does, and through published ports, which are on loopback either way',
    live: true,
  },
  {
    name: 'loop-tls',
    seconds: 45,
    standsOn: [...KIT, ...PROGRAMS, ...ENGINE, ...DESCRIBED, 'src/smoke', 'src/cli/commands/smoke.ts'],
    overTcp: false,
    because: 'TLS is between us and the front door',
    live: true,
  },
  {
    name: 'faults',
    seconds: 290,
    standsOn: [...KIT, ...PROGRAMS, ...ENGINE, ...PARTS],
    overTcp: false,
    because: 'ends of containers come on the stream of events, which diagnosis and restarts hear over TCP',
    live: true,
  },
  {
    name: 'relay',
    seconds: 5,
    standsOn: [
      ...[
        ...KIT,
        ...NOTIFIER,
        'src/parts/relay',
        'src/parts/mattermost',
        'packages/standins/src/mattermost',
        'src/programs/relay.ts',
      ],
      ...['src/wiring/start-relay.ts', 'src/wiring/relay-chat.ts'],
    ],
    overTcp: false,
    because: 'a container that Docker itself starts and stops',
    live: false,
  },
  {
    name: 'relay-stack',
    seconds: 100,
    standsOn: [
      ...KIT,
      ...PROGRAMS,
      ...ENGINE,
      ...DESCRIBED,
      ...PARTS,
      ...PLAYED,
      ...NOTIFIER,
      'src/simulate',
      'src/smoke',
    ],
    overTcp: false,
    because: 'deliveries go from container to container',
    live: true,
  },
  {
    name: 'mattermost',
    seconds: 40,
    standsOn: [
      ...[...KIT, ...PROGRAMS, ...ENGINE, ...DESCRIBED, ...PARTS, ...PLAYED, ...NOTIFIER],
      ...['test/e2e/docker/benchmark.ts', 'src/cli/commands/plan.ts', 'src/cli/commands/status.ts'],
    ],
    overTcp: false,
    because: 'chat and database are other containers, and are driven as those of the main job are',
    live: true,
  },
  {
    name: 'foreign-part',
    seconds: 53,
    standsOn: [
      ...[...KIT, ...PROGRAMS, ...ENGINE, ...DESCRIBED, ...FAILURES, 'src/doctor', 'src/smoke', 'test/open'],
      ...['doctor', 'plan', 'smoke', 'status'].map((command) => `src/cli/commands/${command}.ts`),
    ],
    overTcp: false,
    because: 'what a container is handed does not depend on how its engine is reached',
    live: false,
  },
  {
    name: 'images-lock',
    seconds: 45,
    standsOn: [
      ...[...KIT, ...PROGRAMS, ...ENGINE, ...DESCRIBED, 'test/e2e/docker/real-registry.ts'],
      ...['images', 'plan'].map((command) => `src/cli/commands/${command}.ts`),
    ],
    overTcp: false,
    because: 'what a name stands for is asked of its registry by the engine',
    live: false,
  },
  {
    name: 'proxies',
    seconds: 40,
    standsOn: [...KIT, ...PROGRAMS, ...ENGINE, ...DESCRIBED, ...PARTS, 'src/cli/commands/plan.ts'],
    overTcp: false,
    because: 'the proxies are those of the user who drives the engine',
    live: false,
  },
  {
    name: 'takeover',
    seconds: 150,
    standsOn: [...KIT, ...PROGRAMS, ...ENGINE, ...DESCRIBED, ...PARTS, 'test/e2e/docker/version-01.ts'],
    overTcp: false,
    because: 'what it asks of the engine, the main job asks too',
    live: false,
  },
  {
    name: 'diagnosis',
    seconds: 104,
    standsOn: [...KIT, ...PROGRAMS, ...ENGINE, ...FAILURES, 'test/e2e/docker/registry.ts'],
    overTcp: true,
    because:
      "images are fetched through the engine, and ports and memory of its machine are known from the engine's refusals alone",
    live: false,
  },
  {
    name: 'restarts',
    seconds: 200,
    standsOn: [...KIT, ...OWN_ENGINE, ...PROGRAMS, ...ENGINE],
    overTcp: true,
    because: 'a daemon that is away refuses or resets connections, where its socket would be missing',
    live: false,
  },
  {
    name: 'old-engine',
    seconds: 84,
    standsOn: [...KIT, ...OWN_ENGINE, ...PROGRAMS, ...ENGINE, ...DESCRIBED],
    overTcp: false,
    because: 'how an engine is reached does not depend on its release',
    live: false,
  },
  {
    name: 'random-kills',
    seconds: 330,
    standsOn: [...KIT, ...PROGRAMS, ...ENGINE, ...PARTS],
    overTcp: false,
    because: 'what a killed run leaves stands in containers and servers, not in its connections',
    live: false,
  },
] as const satisfies readonly Suite[];

export type SuiteName = (typeof SUITES_AS_WRITTEN)[number]['name'];

export const SUITES: readonly (Suite & { readonly name: SuiteName })[] = SUITES_AS_WRITTEN;

/** Everything whose change makes a suite worth running. */
export const pathsOf = ({ name, standsOn }: Suite): readonly string[] => [...standsOn, `test/e2e/docker/${name}.ts`];

/** The paths of all suites, each once. */
export const ALL_PATHS: readonly string[] = [...new Set(SUITES.flatMap(pathsOf))].sort();
