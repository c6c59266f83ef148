/** The lives of containers by dockerode: how each one ended, and what the engine remembers of one. */
import { createInterface } from 'node:readline';
import { addAbortSignal, type Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { ContainerStory } from '../../../contracts/diagnosis.ts';
import type { ContainerEnd, Containers } from '../containers.ts';

const PROJECT = 'com.docker.compose.project';
const KEPT_HEALTH = 3;
/** Between two tries to reach an engine that went away, ms. */
const AGAIN_AFTER_MS = 250;

/** What of a message of `GET /events` is read (Engine API, "Monitor events"). */
interface EngineEvent {
  readonly Action?: string;
  readonly timeNano?: number;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: { readonly exitCode?: string } };
}

const parse = (line: string): EngineEvent => {
  try {
    return JSON.parse(line) as EngineEvent;
  } catch {
    return {};
  }
};

/** Of the container as it is now, which for one that is started again may be its next life already. */
const afterEnd = async (container: Docker.Container): Promise<Pick<ContainerEnd, 'restarts' | 'outOfMemory'>> => {
  try {
    const { State } = await container.inspect();
    return { restarts: State.Status !== 'exited' && State.Status !== 'dead', outOfMemory: State.OOMKilled };
  } catch {
    // It was removed, or the engine has gone with it.
    return { restarts: false, outOfMemory: false };
  }
};

/** What a stream of events says, as ends. */
const createHearing = (docker: Docker, onEnd: (end: ContainerEnd) => void) => {
  /** The engine reports `oom` by itself: in the next life its container has forgotten it. */
  const killed = new Set<string>();
  const began = new Map<string, number>();
  return ({ Action, Actor, timeNano = 0 }: EngineEvent): void => {
    const id = Actor?.ID;
    if (id === undefined) return;
    if (Action === 'start') began.set(id, timeNano / 1e9);
    if (Action === 'oom') killed.add(id);
    if (Action !== 'die') return;
    const exitCode = Number(Actor?.Attributes?.exitCode ?? 0);
    const life = began.get(id);
    void afterEnd(docker.getContainer(id)).then(({ restarts, outOfMemory }) => {
      onEnd({ id, exitCode, restarts, began: life, outOfMemory: outOfMemory || killed.has(id) });
      killed.delete(id);
    });
  };
};

/** Resolves when the stream has ended, however it did. */
const readLines = (stream: Readable, onLine: (line: string) => void): Promise<void> =>
  new Promise((resolve) => {
    stream.once('close', resolve);
    const lines = createInterface({ input: stream }).on('line', onLine);
    // readline repeats what goes wrong with its input, and a daemon that ends cuts the connection off.
    for (const each of [stream, lines]) each.on('error', () => undefined);
  });

export const followEnds = async (
  docker: Docker,
  ...[project, onEnd, signal]: Parameters<Containers['followEnds']>
): Promise<void> => {
  const label = [`${PROJECT}=${project}`];
  const filters: Docker.GetEventsOptions['filters'] = { type: ['container'], event: ['start', 'die', 'oom'], label };
  const hear = createHearing(docker, onEnd);
  /** Of the last event, nanoseconds since 1970 by the engine's clock. */
  let heard = 0;

  // In its types a stream of the older kind.
  const open = async (): Promise<Readable> =>
    (await docker.getEvents({ filters, ...(heard > 0 ? { since: Math.floor(heard / 1e9) } : {}) })) as Readable;

  /** Undefined when the engine is not back, or nobody wants to know any more. */
  const openAgain = async (): Promise<Readable | undefined> => {
    await setTimeout(AGAIN_AFTER_MS, undefined, { signal }).catch(() => undefined);
    return signal.aborted ? undefined : open().catch(() => undefined);
  };

  const listen = (stream: Readable): Promise<void> => {
    const before = heard;
    return readLines(addAbortSignal(signal, stream), (line) => {
      const event = parse(line);
      const { timeNano = 0 } = event;
      if (before > 0 && timeNano <= before) return;
      heard = Math.max(heard, timeNano);
      hear(event);
    });
  };

  const stay = async (first: Readable): Promise<void> => {
    await listen(first);
    while (!signal.aborted) {
      const stream = await openAgain();
      if (stream) await listen(stream);
    }
  };
  void stay(await open());
};

/** What of `GET /containers/{id}/json` is read here and is not in dockerode's types. */
interface State {
  readonly Status: string;
  readonly ExitCode: number;
  readonly OOMKilled: boolean;
  readonly Error: string;
  readonly StartedAt: string;
  readonly Health?: { readonly Log?: readonly { Start: string; ExitCode: number; Output: string }[] | null };
}

export const storyOf = ({ Name, State, HostConfig }: Docker.ContainerInspectInfo): ContainerStory => {
  const state = State as State;
  return {
    name: Name.replace(/^\//, ''),
    state: state.Status as ContainerStory['state'],
    exitCode: state.ExitCode,
    outOfMemory: state.OOMKilled,
    engineSays: state.Error,
    startedAt: state.StartedAt,
    memoryLimit: HostConfig.Memory ?? 0,
    health: (state.Health?.Log ?? [])
      .slice(-KEPT_HEALTH)
      .map(({ Start, ExitCode, Output }) => ({ at: Start, exitCode: ExitCode, said: Output.trim() })),
  };
};
