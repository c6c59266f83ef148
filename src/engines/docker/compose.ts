/** The Compose plugin: what only it does. The text of compose.yaml is handed to it, secrets are in its environment. */
import type { LogsWanted } from '../../contracts/engine.ts';
import { beforePort, isEverywhere } from '../../values/bind-address.ts';

/** compose.yaml with everything filled in, of which this is read. Holds secrets: never shown, never kept. */
export interface ComposeProject {
  readonly services: Readonly<Record<string, ComposeService>>;
  /** Key → real name. */
  readonly volumes: Readonly<Record<string, string>>;
  readonly networks: Readonly<Record<string, string>>;
  /** Service → digest of its definition. */
  readonly hashes: Readonly<Record<string, string>>;
}

export interface ComposeService {
  readonly image: string;
  readonly command: readonly string[] | undefined;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly {
    readonly target: number;
    readonly published: string;
    readonly protocol: string;
    readonly at: string;
  }[];
  readonly volumes: readonly {
    readonly type: string;
    readonly source: string;
    readonly target: string;
    readonly readOnly: boolean;
  }[];
  readonly networks: readonly string[];
  readonly confinement: ContainerLimits;
}

/** As Compose has it; what is absent is as the image or the engine has it. */
export interface ContainerLimits {
  readonly user?: string;
  readonly dropped: readonly string[];
  readonly added: readonly string[];
  readonly securityOptions: readonly string[];
  readonly readOnly: boolean;
  /** Paths that are in memory. */
  readonly tmpfs: readonly string[];
  readonly mostProcesses?: number;
  readonly memoryBytes?: number;
  /** Of the CPUs together it gets `quota` µs in each `period`. */
  readonly cpu?: { readonly quota: number; readonly period: number };
}

/** @throws ChatopsError SERVICE_FAILED with Compose's own last lines */
export interface Compose {
  /** Undefined when there is no plugin. */
  version(): Promise<string | undefined>;
  /** Reads. */
  project(text: string): Promise<ComposeProject>;
  /**
   * Writes: the containers of `services` as wanted, none started; those that are there are replaced, missing images pulled.
   * Only what differs is to be named: Compose also replaces what depends on a container that it replaces.
   */
  create(text: string, services: readonly string[], signal: AbortSignal): Promise<void>;
  /**
   * Reads what containers have said and, with `follow`, what they say until `signal` is aborted; `service-1  | text` a line.
   * Without services: all of them.
   * @throws the signal's reason when aborted
   */
  logs(text: string, wanted: LogsWanted, onLine: (line: string) => void, signal: AbortSignal): Promise<void>;
  /** Writes: stops and removes in the reverse order of the start; with `volumes` the data too. */
  down(text: string, options: { readonly volumes: boolean }): Promise<void>;
}

/** Real names of the networks that a service is to be in. */
export const networkNamesOf = (
  { networks }: Pick<ComposeService, 'networks'>,
  project: Pick<ComposeProject, 'networks'>,
): readonly string[] => networks.map((network) => project.networks[network] ?? network);

/** @param at address of the machine; empty: every one @param inside `80/tcp` @returns `8080:80/tcp`, `127.0.0.1:8080:80/tcp` */
export const portLine = (at: string, published: string, inside: string): string =>
  `${at === '' || isEverywhere(at) ? '' : `${beforePort(at)}:`}${published}:${inside}`;

/** Real name of a volume; of anything else, where it stands. */
export const sourceOf = (
  { type, source }: ComposeService['volumes'][number],
  { volumes }: Pick<ComposeProject, 'volumes'>,
): string => (type === 'volume' ? (volumes[source] ?? source) : source);

/** @returns `volume name → /target`, `bind /source → /target (read-only)` */
export const mountLine = (kind: string, source: string, target: string, readOnly: boolean): string =>
  `${kind} ${source} → ${target}${readOnly ? ' (read-only)' : ''}`;
