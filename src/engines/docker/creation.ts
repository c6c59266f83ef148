/** What is made before the first container is started: once in a session, however many ask for it. */
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { Comparison } from './comparison.ts';
import type { Compose, ComposeProject } from './compose.ts';
import type { ContainerFacts, Containers } from './containers.ts';
import type { Ends } from './ends.ts';
import { removeOldNetworks } from './old-networks.ts';
import type { Roster } from './roster.ts';

/** The one-shot service that fills the volume of tools. */
const TOOLS = 'tools';
const LINES = 10;

export interface CreationOptions {
  /** compose.yaml, as the engine can take it. */
  readonly text: string;
  /** The stack's. */
  readonly name: string;
  readonly project: ComposeProject;
  readonly roster: Roster;
  readonly comparison: Comparison;
  readonly ends: Ends;
  readonly containers: Containers;
  readonly compose: Compose;
  /** Called when containers were made: what the ones before them stood on may be removed. */
  readonly replaced: () => Promise<void>;
  readonly redact: (text: string) => string;
  /** Aborted when nobody waits any more. */
  readonly letGo: AbortSignal;
}

export interface Created {
  /** Resolves when the volume of tools is filled; begun by the first who asks. @throws ChatopsError SERVICE_FAILED */
  filled(): Promise<void>;
}

/** Containers of a job whose run was killed may still be at work; nothing may work beside them. */
const removeLeftOvers = async (all: readonly ContainerFacts[], containers: Containers): Promise<void> => {
  await Promise.all(all.filter(({ oneOff }) => oneOff).map(({ id }) => containers.remove(id)));
};

const fillTools = async ({ roster, containers, redact, letGo }: CreationOptions): Promise<void> => {
  const tools = await roster.find(TOOLS);
  if (!tools) throw new ChatopsError('INTERNAL', { what: `compose.yaml has no ${TOOLS}` });
  if (tools.state === 'exited' && tools.exitCode === 0) return;
  const end = containers.nextExit(tools.id, letGo);
  end.catch(() => undefined);
  await containers.start(tools.id);
  const { exitCode } = await end;
  if (exitCode === 0) return;
  throw new ChatopsError('SERVICE_FAILED', {
    what: 'the volume of tools could not be filled',
    why: redact(await containers.lastLines(tools.id, LINES)),
  });
};

const create = async (options: CreationOptions, signal: AbortSignal): Promise<Created> => {
  const { text, project, roster, comparison, ends, containers, compose } = options;
  const before = await roster.all();
  await removeLeftOvers(before, containers);
  const differing = Object.keys(project.services).filter((name) => !comparison.isAsWanted(name, before));
  const isChanged = differing.length > 0;
  await Promise.all([isChanged ? compose.create(text, differing, signal) : undefined, ends.follow()]);
  await Promise.all([
    isChanged ? Promise.all([roster.renew(), options.replaced()]) : undefined,
    removeOldNetworks(options),
  ]);
  let filling: Promise<void> | undefined;
  return {
    filled: () => {
      filling ??= fillTools(options);
      return filling;
    },
  };
};

/** @returns what makes it, or waits until it is made */
export const createCreation = (options: CreationOptions): ((signal: AbortSignal) => Promise<Created>) => {
  let creating: Promise<Created> | undefined;
  return (signal) => {
    creating ??= create(options, signal);
    return creating;
  };
};
