import type { Recogniser } from '../../contracts/cause.ts';
import type { Machine } from '../../contracts/machine.ts';
import type { ProbeSpec, Stack } from '../../stack/stack.ts';
import type { Compose } from './compose.ts';
import type { Containers } from './containers.ts';
import type { ContainerProxies } from './fitted-stack.ts';
import type { OwnTools } from './tools/own-tools.ts';

export interface DockerEngineOptions {
  readonly why: string;
  readonly containers: Containers;
  readonly compose: Compose;
  /** The text of compose.yaml; `startInterval` false: for an engine that does not know it. */
  readonly composeText: (stack: Stack, engine: { readonly startInterval: boolean }) => string;
  /** Those that Docker hands to containers. Default: none. */
  readonly proxies?: ContainerProxies | undefined;
  /** Rendered files that jobs read, path → text. */
  readonly jobFiles: (stack: Stack) => Readonly<Record<string, string>>;
  /** What a container's HEALTHCHECK asks; undefined when it is none of ours. */
  readonly askedBy: (healthcheck: readonly string[]) => ProbeSpec | undefined;
  /** Secret values, taken out of whatever containers say. */
  readonly redact: (text: string) => string;
  /** What is known of failures, by those who know the products. */
  readonly causes: readonly Recogniser[];
  /** The image that no registry has. */
  readonly tools: OwnTools;
  /** This machine. */
  readonly machine: Machine;
  /** The engine runs on it. */
  readonly local: boolean;
  /** What is said to it crosses a network, unencrypted. */
  readonly clear: boolean;
  /** Where published ports answer, as seen from here. */
  readonly host: string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}
