/** A Docker Engine in our own words: what driving the containers of one stack takes. */

import type { ContainerState, ContainerStory, Exit } from '../../contracts/diagnosis.ts';
import type { HeldProgram, HoldProgram } from '../../contracts/held-program.ts';
import type { ContainerLimits } from './compose.ts';
import type { EngineVersion } from './engine-version.ts';

export interface ContainerFacts {
  readonly id: string;
  /** Service or job of compose.yaml. */
  readonly service: string;
  /** Made for one run of a job by us, not by Compose. */
  readonly oneOff: boolean;
  /** As it was named, and the id of what that name meant then. */
  readonly image: string;
  readonly imageId: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** `8080:80/tcp`, `127.0.0.1:8080:80/tcp`, sorted. */
  readonly ports: readonly string[];
  /** Ports of its machine that it has while it runs. */
  readonly publishes: readonly number[];
  /** `volume name → /target`, `bind /source → /target (read-only)`, sorted. */
  readonly mounts: readonly string[];
  /** Real name of each network it is in → its address there; empty while it does not run. */
  readonly networks: Readonly<Record<string, string>>;
  readonly confinement: ContainerLimits;
  /** `CMD`, the program and its words; empty without one. */
  readonly healthcheck: readonly string[];
  /** Compose's digest of the definition it was made from. */
  readonly configHash: string;
  readonly state: ContainerState;
  readonly exitCode: number;
}

export interface EngineFacts {
  /** Of the machine it runs on. */
  readonly memoryBytes: number;
  /** `x86_64` with Docker, `amd64` with Podman. */
  readonly architecture: string;
  /** Where it keeps images and volumes. */
  readonly dataRoot: string;
}

export interface ImageFacts {
  readonly id: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** As Go names CPUs: `amd64`. */
  readonly architecture: string;
  /** How registries called it, `example/wiki@sha256:…`; none for an image that was made here. */
  readonly digests: readonly string[];
}

export interface LabelledImage {
  readonly id: string;
  /** `chatops-up/tools:0.1.0` */
  readonly names: readonly string[];
  /** A container is made from it, of whatever stack and running or not. */
  readonly used: boolean;
}

/** A container that ended, as the engine reported it. */
export interface ContainerEnd extends Exit {
  readonly id: string;
  /** The engine starts it again by itself. */
  readonly restarts: boolean;
  /** When its life began, by the engine's clock, seconds since 1970; undefined when that was before it was followed. */
  readonly began: number | undefined;
}

/** A program in a container of its own, which is removed when it has ended or is no longer wanted. */
export interface RunApart {
  readonly project: string;
  /** What is run, for labels: a job's name. */
  readonly name: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: readonly {
    readonly kind: 'bind' | 'volume';
    readonly source: string;
    readonly target: string;
    readonly readOnly: boolean;
  }[];
  readonly confinement: ContainerLimits;
  /** Real names; at least one. */
  readonly networks: readonly string[];
  /** Called with every chunk of standard output. */
  readonly onOutput: (chunk: string) => void;
}

export interface RunOnce extends RunApart {
  readonly onError: (chunk: string) => void;
}

export interface NetworkFacts {
  readonly id: string;
  readonly name: string;
}

/** One word of the engine on one layer of an image that is being fetched. */
export interface PullStep {
  readonly layer: string;
  /** `there`: nothing is left to be done for it. */
  readonly state: 'waiting' | 'downloading' | 'unpacking' | 'there';
  /** Of the download, bytes; absent when the engine does not report it. */
  readonly received?: number;
  readonly total?: number;
}

/** @throws ChatopsError ENGINE_UNAVAILABLE, PORT_TAKEN, SERVICE_FAILED */
export interface Containers {
  /** Reads. */
  version(): Promise<EngineVersion>;
  /** Reads. */
  facts(): Promise<EngineFacts>;
  /** Reads. Containers of one Compose project, ours for single runs too. */
  list(project: string): Promise<readonly ContainerFacts[]>;
  /** Reads. Networks that Compose has made for one project. */
  networks(project: string): Promise<readonly NetworkFacts[]>;
  /** Writes: removes a network, unless a container that runs is in it. */
  removeNetwork(id: string): Promise<void>;
  /** Reads; undefined when the engine does not have it. */
  image(reference: string): Promise<ImageFacts | undefined>;
  /**
   * Writes: fetches an image from its registry, with the credentials that this machine's Docker has for it.
   * @returns the digest that the registry gave for the name, `sha256:…`; undefined where the engine does not report it
   * @throws ChatopsError IMAGE_MISSING in the engine's words, the signal's reason when aborted
   */
  pull(reference: string, onStep: (step: PullStep) => void, signal: AbortSignal): Promise<string | undefined>;
  /** Writes: takes in the images of an archive in the form of `docker save`. @throws ChatopsError IMAGE_MISSING */
  load(archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void>;
  /** Reads: the images that bear this label, whatever its value. */
  labelled(label: string): Promise<readonly LabelledImage[]>;
  /** Writes: takes the name off an image, and the image away with its last one; one that is in use is left alone. */
  removeImage(name: string): Promise<void>;
  /** Reads the last lines that it said, both streams. `since`: not older, by the engine's clock, seconds since 1970. */
  lastLines(id: string, count: number, since?: number): Promise<string>;
  /** Reads; undefined when there is no such container. */
  story(id: string): Promise<ContainerStory | undefined>;
  /**
   * Reports every end of a container of the Compose project, from the moment it resolves until `signal` is aborted; an
   * engine that goes away meanwhile is followed again when it is back.
   */
  followEnds(project: string, onEnd: (end: ContainerEnd) => void, signal: AbortSignal): Promise<void>;
  /** Writes; one that runs is left alone. */
  start(id: string): Promise<void>;
  /** Writes: stops it with its own grace time and removes it. Its volumes stay. */
  remove(id: string): Promise<void>;
  /** Resolves when it ends the next time. Rejects when `signal` is aborted. */
  nextExit(id: string, signal: AbortSignal): Promise<Exit>;
  /** Runs a program beside the container's own. */
  hold: HoldProgram;
  /** Makes a container, talks to the program in it, and removes it when that is closed. */
  holdApart(run: RunApart): Promise<HeldProgram>;
  /** Makes a container, runs it to its end and removes it; removed as well when `signal` is aborted. */
  runOnce(run: RunOnce, signal: AbortSignal): Promise<Exit>;
}
