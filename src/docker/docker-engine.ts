/**
 * The engine that users run: containers made by Docker Compose from the rendered file, started one by one as their
 * gates open. Compose makes and removes them; starting, looking and asking go to the Engine API.
 */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Compose, ComposeProject } from '../ports/compose.ts';
import type { Containers } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { ServiceNode, Stack } from '../stack/stack.ts';
import { isNewEnough, knowsStartInterval, OLDEST } from './engine-version.ts';
import { createRoster, type Roster } from './roster.ts';
import { createSession, type SessionBeginning } from './session.ts';

export interface DockerEngineOptions {
  readonly why: string;
  readonly containers: Containers;
  readonly compose: Compose;
  /** The text of compose.yaml; `startInterval` false: for an engine that does not know it. */
  readonly composeText: (stack: Stack, engine: { readonly startInterval: boolean }) => string;
  /** Rendered files that jobs read, path → text. */
  readonly jobFiles: (stack: Stack) => Readonly<Record<string, string>>;
  /** Secret values, taken out of whatever containers say. */
  readonly redact: (text: string) => string;
  /** Why a port of this machine cannot be opened; undefined when it can, or when the engine is on another machine. */
  readonly portTrouble: (port: number) => Promise<string | undefined>;
}

const needEngine = (version: string): void => {
  if (isNewEnough(version)) return;
  throw new ChatopsError('ENGINE_UNAVAILABLE', {
    what: `Docker Engine ${version} is too old`,
    why: `what is asked of it came with ${OLDEST.major}.${OLDEST.minor}`,
    next: 'install a newer one, or use --engine embedded',
  });
};

/** Whether there is a Compose plugin at all is asked only where it could not do what it was asked for. */
const readProject = async (text: string, { compose }: DockerEngineOptions): Promise<ComposeProject> => {
  try {
    return await compose.project(text);
  } catch (thrown) {
    if ((await compose.version()) !== undefined) throw thrown;
    throw new ChatopsError('ENGINE_UNAVAILABLE', {
      what: 'Docker has no Compose plugin',
      why: '`docker compose version` fails',
      next: 'install docker-compose-plugin (docker-compose-v2 on some systems), or use --engine embedded',
    });
  }
};

const servicesOf = ({ nodes }: Stack): readonly ServiceNode[] =>
  nodes.filter((node): node is ServiceNode => node.kind === 'service');

/** Ports that containers of ours hold already are no trouble. */
const needPorts = async (stack: Stack, roster: Roster, { portTrouble }: DockerEngineOptions): Promise<void> => {
  const running = (await roster.all()).filter(({ state }) => state === 'running');
  const ours = new Set(running.flatMap(({ ports }) => ports.map((port) => Number(port.split(':')[0]))));
  for (const { name, container } of servicesOf(stack)) {
    for (const port of Object.values(container.publishes)) {
      const why = ours.has(port) ? undefined : await portTrouble(port);
      if (why === undefined) continue;
      throw new ChatopsError('PORT_TAKEN', {
        what: `port ${port} for ${name} cannot be opened`,
        why: why === 'EADDRINUSE' ? 'another program listens on it' : why,
        next: `end that program, or set another port under \`ports:\` in chatops.yaml (\`ss -ltnp 'sport = :${port}'\` names it)`,
      });
    }
  }
};

/** compose.yaml as the engine that answers can take it. */
const textFor = (stack: Stack, version: string, { composeText }: DockerEngineOptions): string =>
  composeText(stack, { startInterval: knowsStartInterval(version) });

/** What a session begins with, read while the preflight looks. @throws ChatopsError ENGINE_UNAVAILABLE */
const begin = async (stack: Stack, options: DockerEngineOptions): Promise<SessionBeginning> => {
  const { containers } = options;
  const version = await containers.version();
  needEngine(version);
  const text = textFor(stack, version, options);
  const roster = createRoster(stack.name, containers);
  const [project] = await Promise.all([readProject(text, options), roster.all()]);
  return { text, project, roster };
};

export const createDockerEngine = (options: DockerEngineOptions): Engine => {
  let begun: SessionBeginning | undefined;
  return {
    kind: 'docker',
    why: options.why,
    leavesOut: [],
    data: 'the volumes of the containers: users, rooms, messages, projects, hooks and the runner',
    preflight: async (stack) => {
      begun = await begin(stack, options);
      await needPorts(stack, begun.roster, options);
    },
    logs: async (stack, wanted, onLine, signal) => {
      const text = textFor(stack, await options.containers.version(), options);
      await options.compose.logs(text, wanted, (line) => onLine(options.redact(line)), signal);
    },
    down: async (stack, { volumes }) => {
      const text = textFor(stack, await options.containers.version(), options);
      await options.compose.down(text, { volumes });
    },
    open: async (stack) => {
      const beginning = begun ?? (await begin(stack, options));
      // Of this moment: a later session looks again.
      begun = undefined;
      return createSession(stack, beginning, options);
    },
  };
};
