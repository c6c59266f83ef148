/** The docker engine put together, and whether it has everything a stack needs without asking anybody. */

import { createMachine } from '../adapters/machine.ts';
import { readPieces } from '../adapters/package-files.ts';
import type { Engine } from '../contracts/engine.ts';
import { createCompose } from '../engines/docker/client/compose-plugin.ts';
import { createContainers } from '../engines/docker/client/docker.ts';
import { dockerPlace } from '../engines/docker/client/docker-place.ts';
import { createDockerEngine } from '../engines/docker/docker-engine.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { gitlabRunnerRenderer } from '../parts/gitlab-runner/render.ts';
import { composeRenderer } from '../render/compose.ts';
import type { Stack } from '../stack/stack.ts';
import type { Secret } from '../values/secret.ts';
import { askedByHealthcheck } from './asked-by-healthcheck.ts';
import type { Invocation } from './invocation.ts';

export type SecretValues = ReadonlyMap<string, Secret>;

/** Shorter values would take ordinary words out of a log. */
const SHORTEST_REDACTED = 6;

const redactor =
  (values: SecretValues) =>
  (text: string): string =>
    [...values.values()]
      .map((value) => value.reveal())
      .filter((value) => value.length >= SHORTEST_REDACTED)
      .reduce((rest, value) => rest.replaceAll(value, '[secret]'), text);

const variables = ({ env }: Invocation, values: SecretValues): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))),
  ...Object.fromEntries([...values].map(([name, value]) => [name, value.reveal()])),
});

/** The same rendering as with `docker.startInterval: false`, where the engine is too old for anything else. */
const fitting = (stack: Stack, engine: { readonly startInterval: boolean }): Stack => {
  const startInterval = stack.config.docker.startInterval && engine.startInterval;
  return { ...stack, config: { ...stack.config, docker: { ...stack.config.docker, startInterval } } };
};

const composeText = (stack: Stack, engine: { readonly startInterval: boolean }): string => {
  const [file] = composeRenderer.render({ stack: fitting(stack, engine), pieces: readPieces() });
  if (file) return file.text;
  throw new ChatopsError('INTERNAL', { what: 'compose.yaml was not rendered' });
};

const jobFiles = (stack: Stack): Readonly<Record<string, string>> =>
  Object.fromEntries(
    gitlabRunnerRenderer.render({ stack, pieces: readPieces() }).map(({ path, text }) => [path, text]),
  );

export const createDocker = (invocation: Invocation, values: SecretValues, why: string): Engine => {
  const { options, local, host } = dockerPlace(invocation.env);
  return createDockerEngine({
    why,
    containers: createContainers(options),
    compose: createCompose({ dir: invocation.dir, env: variables(invocation, values) }),
    composeText,
    jobFiles,
    askedBy: askedByHealthcheck,
    redact: redactor(values),
    machine: createMachine(),
    local,
    host,
  });
};

const imagesOf = (stack: Stack): readonly string[] => [
  ...new Set([
    stack.config.images.tools,
    ...stack.nodes.flatMap((node) => (node.kind === 'service' ? [node.container.image] : [])),
  ]),
];

/** What `auto` misses before it takes containers; undefined when everything is there. */
export const whyNotDocker = async (invocation: Invocation, stack: Stack): Promise<string | undefined> => {
  const compose = createCompose({ dir: invocation.dir, env: variables(invocation, new Map()) });
  if ((await compose.version()) === undefined) return 'Docker has no Compose plugin';
  const containers = createContainers(dockerPlace(invocation.env).options);
  const images = imagesOf(stack);
  const found = await Promise.all(images.map((image) => containers.image(image)));
  const missing = images.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return undefined;
  return `Docker answers, but has no image ${missing.join(', ')} (--engine docker pulls what can be pulled)`;
};
