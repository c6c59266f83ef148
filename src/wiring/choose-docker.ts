/** The docker engine put together, and whether it has everything a stack needs without asking anybody. */

import { stripVTControlCharacters } from 'node:util';
import { createClock } from '../adapters/clock.ts';
import { createFiles } from '../adapters/files.ts';
import { createMachine } from '../adapters/machine.ts';
import { createToolsPackages } from '../adapters/tools-packages.ts';
import { DEFAULT_TOOLS_IMAGE } from '../config/defaults.ts';
import type { Engine } from '../contracts/engine.ts';
import { createCompose } from '../engines/docker/client/compose-plugin.ts';
import { containerProxies } from '../engines/docker/client/container-proxies.ts';
import { createContainers } from '../engines/docker/client/docker.ts';
import { dockerEndpoint } from '../engines/docker/client/docker-endpoint.ts';
import { createDockerEngine } from '../engines/docker/docker-engine.ts';
import type { OwnTools } from '../engines/docker/tools/own-tools.ts';
import { COMPOSE_FILE, composeFile } from '../render/compose.ts';
import { PROBES_FILE } from '../stack/names.ts';
import type { Stack } from '../stack/stack.ts';
import { stackFile } from '../stack/stack-file.ts';
import type { Desired } from '../stages/world.ts';
import type { Secret } from '../values/secret.ts';
import { askedByHealthcheck } from './asked-by-healthcheck.ts';
import type { EngineCall, EngineNeeds } from './engine-kind.ts';

/** What the engine is opened for. */
type StackParts = Pick<Desired, 'config' | 'stack' | 'files' | 'house'>;

export type SecretValues = ReadonlyMap<string, Secret>;

const variables = ({ env }: EngineCall, values: SecretValues): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  ...Object.fromEntries([...values].map(([name, value]) => [name, value.reveal()])),
});

/**
 * Mostly the file that is rendered already. Else another one: for what the engine's machine needs, or as with
 * `docker.startInterval: false` where the engine is too old for anything else.
 */
const composeText = (
  { config, stack: wanted, files, house }: StackParts,
  stack: Stack,
  engine: { readonly startInterval: boolean },
): string => {
  const startInterval = config.docker.startInterval && engine.startInterval;
  const rendered = files.find(({ path }) => path === COMPOSE_FILE);
  if (rendered && stack === wanted && startInterval === config.docker.startInterval) return rendered.text;
  return composeFile({ stack, pieces: house.pieces, probes: house.probes, carried: house.carried }, files, {
    startInterval,
  }).text;
};

/** Rendered files that jobs mount: a job asked inside the network without a container of its own reads them too. */
const jobFiles = ({ stack, files }: StackParts): Readonly<Record<string, string>> => {
  const mounted = stack.nodes.flatMap((node) => (node.kind === 'job' ? (node.volumes ?? []) : []));
  const read = files.filter(({ path }) => mounted.some(({ source }) => source === stackFile(path)));
  return Object.fromEntries(read.map(({ path, text }) => [path, text]));
};

/** Only the name that is the default is ours to make: who names another one has it in a registry. */
export const ownTools = (): OwnTools => ({ reference: DEFAULT_TOOLS_IMAGE, packages: createToolsPackages() });

export const createDocker = async (
  invocation: EngineCall,
  wanted: StackParts,
  { values, clean }: Pick<EngineNeeds, 'values' | 'clean'>,
  why: string,
): Promise<Engine> => {
  const { options, local, host, clear } = dockerEndpoint(invocation.env);
  // Before anything is written: what containers were made with.
  const table = await createFiles(invocation.dir).read(PROBES_FILE);
  return createDockerEngine({
    why,
    containers: createContainers(options),
    compose: createCompose({ dir: invocation.dir, env: variables(invocation, values) }),
    composeText: (stack, engine) => composeText(wanted, stack, engine),
    proxies: containerProxies(invocation.env),
    jobFiles: (stack) => jobFiles({ ...wanted, stack }),
    askedBy: (healthcheck) => askedByHealthcheck(healthcheck, table, wanted.house.probes),
    // Colours are taken away, not shown by their numbers: programs use them much.
    redact: (text) => clean.text(stripVTControlCharacters(text)),
    causes: wanted.house.parts.flatMap(({ causes = [] }) => causes),
    tools: ownTools(),
    machine: createMachine(),
    local,
    host,
    clear,
    now: createClock().now,
  });
};
