/** The facts of a preflight, all asked at once. */

import type { Machine } from '../../../contracts/machine.ts';
import { servicesOf } from '../../../stack/services-of.ts';
import type { Stack } from '../../../stack/stack.ts';
import { isLocalName } from '../../../values/local-name.ts';
import type { ContainerFacts, EngineFacts } from '../containers.ts';
import type { EngineVersion } from '../engine-version.ts';
import type { PreflightFacts } from './facts.ts';

export interface PreflightDeps {
  /** What answers. */
  readonly version: EngineVersion;
  readonly engine: () => Promise<EngineFacts>;
  /** Whether the engine has an image. */
  readonly hasImage: (reference: string) => Promise<boolean>;
  /** Containers of the stack that are there. */
  readonly seen: () => Promise<readonly ContainerFacts[]>;
  readonly hasCompose: () => Promise<boolean>;
  /** The engine's machine; undefined when it is another one than ours. */
  readonly machine: Machine | undefined;
  readonly resolves: Machine['resolves'];
  /** Where published ports answer, as seen from here. */
  readonly host: string;
  /** What is said to the engine crosses a network, unencrypted. */
  readonly clear: boolean;
}

/** Ports that containers of ours hold already are no trouble. */
const takenPorts = async (
  stack: Stack,
  seen: readonly ContainerFacts[],
  machine: Machine | undefined,
): Promise<PreflightFacts['takenPorts']> => {
  if (!machine) return [];
  const running = seen.filter(({ state }) => state === 'running');
  const ours = new Set(running.flatMap(({ publishes }) => publishes));
  const wanted = servicesOf(stack).flatMap(({ name: service, container }) =>
    Object.values(container.publishes).map((port) => ({ port, service })),
  );
  const asked = await Promise.all(
    wanted
      .filter(({ port }) => !ours.has(port))
      .map(async (each) => ({ ...each, code: await machine.portTrouble(each.port, stack.bind) })),
  );
  return asked.flatMap(({ code, ...each }) => (code === undefined ? [] : [{ ...each, code }]));
};

const lackingImages = async (stack: Stack, hasImage: PreflightDeps['hasImage']): Promise<ReadonlySet<string>> => {
  const services = servicesOf(stack);
  const images = [...new Set(services.map(({ container }) => container.image))];
  const there = new Map(await Promise.all(images.map(async (image) => [image, await hasImage(image)] as const)));
  return new Set(services.filter(({ container }) => !there.get(container.image)).map(({ name }) => name));
};

const unresolvedNames = async ({ publicUrls }: Stack, resolves: Machine['resolves']): Promise<readonly string[]> => {
  const names = [...new Set(Object.values(publicUrls).map((url) => new URL(url).hostname))].filter(
    (name) => !isLocalName(name),
  );
  const known = await Promise.all(names.map(resolves));
  return names.filter((_, index) => !known[index]);
};

/** @throws ChatopsError ENGINE_UNAVAILABLE when the engine does not answer */
export const gatherFacts = async (
  stack: Stack,
  {
    version,
    engine: askEngine,
    hasImage,
    seen: look,
    hasCompose: askCompose,
    machine,
    resolves,
    host,
    clear,
  }: PreflightDeps,
): Promise<PreflightFacts> => {
  const [engine, hasCompose, seen, lacking, cpuFlags, swapBytes, unresolved] = await Promise.all([
    askEngine(),
    askCompose(),
    look(),
    lackingImages(stack, hasImage),
    machine?.cpuFlags(),
    machine?.swapBytes(),
    unresolvedNames(stack, resolves),
  ]);
  const [taken, freeBytes, fileSystem] = await Promise.all([
    takenPorts(stack, seen, machine),
    machine?.freeBytes(engine.dataRoot),
    machine?.fileSystem(engine.dataRoot),
  ]);
  return {
    stack,
    engine: version,
    hasCompose,
    memoryBytes: engine.memoryBytes,
    swapBytes,
    architecture: engine.architecture,
    dataRoot: engine.dataRoot,
    freeBytes,
    fileSystem,
    lacking,
    cpuFlags,
    takenPorts: taken,
    unresolved,
    clearTo: clear ? host : undefined,
    door: host,
  };
};
