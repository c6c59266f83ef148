/** The lives of containers by dockerode: how each one ended, and what the engine remembers of one. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import type { ContainerEnd, ContainerStory, Containers } from '../ports/containers.ts';

const PROJECT = 'com.docker.compose.project';
const KEPT_HEALTH = 3;

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
    // It was removed.
    return { restarts: false, outOfMemory: false };
  }
};

export const followEnds = async (
  docker: Docker,
  ...[project, onEnd, signal]: Parameters<Containers['followEnds']>
): Promise<void> => {
  const label = [`${PROJECT}=${project}`];
  const filters: Docker.GetEventsOptions['filters'] = { type: ['container'], event: ['start', 'die', 'oom'], label };
  // In its types a stream of the older kind.
  const stream = (await docker.getEvents({ filters })) as Readable;
  const close = (): void => void stream.destroy();
  signal.addEventListener('abort', close, { once: true });
  if (signal.aborted) close();
  stream.on('error', () => undefined);
  /** The engine tells `oom` by itself: in the next life its container has forgotten it. */
  const killed = new Set<string>();
  const began = new Map<string, number>();
  createInterface({ input: stream }).on('line', (line) => {
    const { Action, Actor, timeNano = 0 } = parse(line);
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
  });
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
