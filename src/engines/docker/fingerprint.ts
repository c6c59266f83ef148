/**
 * What makes a container "the same as wanted": its aspects, read out of Compose's project and out of the engine, in the
 * same form. Pure. Digests of secret values stay in memory.
 */

import type { Fingerprint } from '../../contracts/engine.ts';
import { sha256Hex } from '../../values/sha256.ts';
import {
  type ComposeProject,
  type ComposeService,
  type ContainerLimits,
  mountLine,
  networkNamesOf,
  portLine,
  sourceOf,
} from './compose.ts';
import { askedOf, limitsText, rightsText } from './confined-as.ts';
import type { ContainerFacts, ImageFacts } from './containers.ts';

const digest = (value: unknown): string => sha256Hex(JSON.stringify(value)).slice(0, 12);

const isSame = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What the image does by itself is no wish of ours. */
const ownCommand = (command: readonly string[] | undefined, image: ImageFacts | undefined): readonly string[] =>
  command === undefined || isSame(command, image?.command ?? []) ? [] : command;

const sorted = (variables: Readonly<Record<string, string>>): readonly (readonly [string, string])[] =>
  Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1));

const imageText = (reference: string, id: string | undefined): string => `${reference} ${id ?? 'not here yet'}`;

const networksText = (names: readonly string[]): string => [...names].sort().join(' ');

export interface WantedContainer {
  readonly fingerprint: Fingerprint;
  /** Names of variables that compose.yaml gives. */
  readonly variables: ReadonlySet<string>;
  /** Undefined when compose.yaml has no such service. */
  readonly confinement: ContainerLimits | undefined;
  /** All networks of the stack: only of these it matters in which a container is. */
  readonly networks: ReadonlySet<string>;
}

const mountsOf = ({ volumes }: ComposeService, project: ComposeProject): readonly string[] =>
  volumes.map((volume) => mountLine(volume.type, sourceOf(volume, project), volume.target, volume.readOnly)).sort();

export const wantedOf = (name: string, project: ComposeProject, image: ImageFacts | undefined): WantedContainer => {
  const service = project.services[name];
  if (!service) return { fingerprint: {}, variables: new Set(), confinement: undefined, networks: new Set() };
  return {
    fingerprint: {
      image: imageText(service.image, image?.id),
      command: digest(ownCommand(service.command, image)),
      environment: digest(sorted(service.environment)),
      ports: digest(
        service.ports
          .map(({ at, published, target, protocol }) => portLine(at, published, `${target}/${protocol}`))
          .sort(),
      ),
      mounts: digest(mountsOf(service, project)),
      networks: networksText(networkNamesOf(service, project)),
      limits: limitsText(service.confinement),
      rights: rightsText(service.confinement),
      settings: project.hashes[name] ?? '',
    },
    variables: new Set(Object.keys(service.environment)),
    confinement: service.confinement,
    networks: new Set(Object.values(project.networks)),
  };
};

type Variables = Readonly<Record<string, string>>;

/** What Podman gives every container (podman-run(1), "Environment variables"); the first says that it was Podman. */
const PODMANS: readonly string[] = ['container', 'HOME', 'HOSTNAME', 'TERM'];

/** Left out, unless compose.yaml gives them too: variables of the image, and those of every container, from Compose or Podman. */
const givenVariables = (
  container: ContainerFacts,
  image: ImageFacts | undefined,
  wanted: WantedContainer | undefined,
  everywhere: Variables,
): Variables => {
  const byEngine = container.environment.container === 'podman' ? PODMANS : [];
  return Object.fromEntries(
    Object.entries(container.environment).filter(
      ([name, value]) =>
        wanted?.variables.has(name) ||
        (image?.environment[name] !== value && everywhere[name] !== value && !byEngine.includes(name)),
    ),
  );
};

/**
 * @param image the image the container was made from; undefined when it was deleted
 * @param wanted what compose.yaml wants of it; undefined when nothing
 * @param everywhere variables that Compose gives every container by itself (proxies). Default: none
 */
export const observedOf = (
  container: ContainerFacts,
  image: ImageFacts | undefined,
  wanted: WantedContainer | undefined,
  everywhere: Variables = {},
): Fingerprint => {
  const confinement = askedOf(container.confinement, wanted?.confinement);
  const aspects = {
    image: imageText(container.image, container.imageId),
    command: digest(ownCommand(container.command, image)),
    environment: digest(sorted(givenVariables(container, image, wanted, everywhere))),
    ports: digest(container.ports),
    mounts: digest(container.mounts),
    // One that is none of the stack's, and that a user has put it into as well, is theirs.
    networks: networksText(Object.keys(container.networks).filter((name) => !wanted || wanted.networks.has(name))),
    limits: limitsText(confinement),
    rights: rightsText(confinement),
  };
  const isNamed = Object.entries(aspects).some(([aspect, value]) => wanted?.fingerprint[aspect] !== value);
  // Compose's digest covers the others too: it is a cause of its own only when none of them is.
  return { ...aspects, settings: isNamed ? (wanted?.fingerprint.settings ?? '') : container.configHash };
};
