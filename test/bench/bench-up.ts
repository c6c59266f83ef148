/**
 * What is measured as "ours": `up` of the product over the docker engine, with a graph of the benchmark's. A process of
 * its own, as `docker compose up` is one. Prints one JSON document.
 */
import { up } from '../../operations.ts';
import { createClock } from '../../src/adapters/clock.ts';
import { createFiles } from '../../src/adapters/files.ts';
import { createMachine } from '../../src/adapters/machine.ts';
import { createProofStore } from '../../src/adapters/proofs.ts';
import { createSecrets } from '../../src/adapters/secrets.ts';
import { createToolsPackages } from '../../src/adapters/tools-packages.ts';
import { createCompose } from '../../src/engines/docker/client/compose-plugin.ts';
import { createContainers } from '../../src/engines/docker/client/docker.ts';
import type { Containers } from '../../src/engines/docker/containers.ts';
import { createDockerEngine } from '../../src/engines/docker/docker-engine.ts';
import { createHookPlaces } from '../../src/parts/gitlab/client/hook-places.ts';
import { composeFile } from '../../src/render/compose.ts';
import { healthchecksRenderer } from '../../src/render/healthchecks.ts';
import { createPorts } from '../../src/wiring/create-ports.ts';
import { ownHouse } from '../../src/wiring/own-house.ts';
import { aConfig } from '../builders/config.ts';
import { benchStack, type Shape } from './bench-stack.ts';

export interface BenchResult {
  /** When the graph began to be walked, and when its last gate opened; ms since 1970. */
  readonly begunAt: number;
  readonly openAt: number;
  /** Container → when its start was asked for, ms since 1970. */
  readonly startsAt: Readonly<Record<string, number>>;
  readonly results: Readonly<Record<string, string>>;
}

const [shape = '', name = '', dir = '', server = '', tools = '', only = ''] = process.argv.slice(2);
const stack = benchStack(shape as Shape, name, { server, tools });
const house = ownHouse();
const input = { stack, ...house };
const table = healthchecksRenderer.render(input);
const compose = composeFile(input, table, { startInterval: true });
const files = [compose, ...table];

const startsAt: Record<string, number> = {};
const timed = (containers: Containers): Containers => ({
  ...containers,
  start: (id) => {
    startsAt[id] = Date.now();
    return containers.start(id);
  },
});

const onDisk = createFiles(dir);
if (only === 'render') {
  for (const { path, text } of files) await onDisk.write(path, text);
  process.exit(0);
}

let begunAt = 0;
let openAt = 0;
const clock = createClock();
const secrets = createSecrets(new Map());
const outcome = await up(
  {
    config: aConfig({ name }),
    stack,
    files,
    house,
    warnings: [],
    notes: [],
    judge: () => [],
  },
  {
    files: onDisk,
    probes: house.probes,
    engine: createDockerEngine({
      why: 'the benchmark measures it',
      containers: timed(createContainers()),
      compose: createCompose({ dir, env: process.env as Record<string, string> }),
      composeText: () => compose.text,
      jobFiles: () => ({}),
      askedBy: () => undefined,
      redact: (text) => text,
      causes: [],
      tools: { reference: 'chatops-up/tools:0.1.0', packages: createToolsPackages() },
      machine: createMachine(),
      local: false,
      host: '127.0.0.1',
      clear: false,
      now: createClock().now,
    }),
    secrets,
    portsFor: (addresses) =>
      createPorts({
        addresses,
        secrets,
        proofs: createProofStore(onDisk),
        hookPlaces: createHookPlaces(onDisk),
        parts: [],
        kept: [],
        warn: () => undefined,
      }),
    createJob: () => {
      throw new Error('the benchmark has no jobs');
    },
    clock,
    events: {
      emit: ({ type }) => {
        if (type === 'node-waiting' && begunAt === 0) begunAt = Date.now();
        if (type === 'node-ready') openAt = Date.now();
      },
    },
    journal: { append: () => undefined },
    signal: new AbortController().signal,
  },
);
const measured: BenchResult = {
  begunAt,
  openAt,
  startsAt,
  results: Object.fromEntries(outcome.nodes.map(({ node, result }) => [node, result])),
};
process.stdout.write(`${JSON.stringify(measured)}\n`);
process.exit(outcome.nodes.every(({ result }) => result === 'ready') ? 0 : 1);
