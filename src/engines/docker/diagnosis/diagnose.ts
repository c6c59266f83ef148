/** Gathers what the engine knows of a failed service, or of the one that a failed job works on. Reads only. */

import type { Symptoms } from '../../../contracts/cause.ts';
import type { Diagnosis } from '../../../contracts/diagnosis.ts';
import type { ChatopsError } from '../../../errors/chatops-error.ts';
import { sparedBy } from '../../../stack/spared-by.ts';
import type { JobSpec, ServiceNode, Stack, StackNode } from '../../../stack/stack.ts';
import type { ContainerEnd, Containers } from '../containers.ts';
import type { Recognise } from './recognise.ts';

const LINES = 10;
/** The engine notes that a container has started a while after its program has said its first line. */
const REPORTED_LATE_S = 2;

export interface DiagnoseOptions {
  readonly stack: Stack;
  readonly containers: Pick<Containers, 'story' | 'lastLines'>;
  /** Id of the service's container. */
  readonly idOf: (service: string) => Promise<string | undefined>;
  readonly endsOf: (id: string) => readonly ContainerEnd[];
  readonly redact: (text: string) => string;
  readonly recognise: Recognise;
}

const serviceIn = (value: unknown, names: ReadonlySet<string>): string | undefined => {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('service' in value && typeof value.service === 'string' && names.has(value.service)) return value.service;
  for (const inner of Object.values(value)) {
    const found = serviceIn(inner, names);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The service that a job speaks with: the first that its task names. */
const workedOn = (job: JobSpec, { nodes }: Stack): string | undefined =>
  serviceIn(job, new Set(nodes.filter(({ kind }) => kind === 'service').map(({ name }) => name)));

const subjectOf = (node: StackNode, stack: Stack): string | undefined =>
  node.kind === 'service' ? node.name : workedOn(node.job, stack);

const secondsOf = (iso: string): number => Math.max(0, Date.parse(iso) / 1_000);

const symptomsOf = (
  { service, container, lastEnd, lines }: Omit<Diagnosis, 'cause'>,
  stack: Stack,
  error: ChatopsError | undefined,
): Symptoms => {
  const node = stack.nodes.find((each): each is ServiceNode => each.kind === 'service' && each.name === service);
  return {
    service,
    role: node?.role,
    volumes: (node?.container.volumes ?? [])
      .filter(({ readOnly }) => !readOnly)
      .map(({ source, target }) => `${source} at ${target}`),
    code: error?.code,
    said: error ? `${error.what}\n${error.why ?? ''}` : '',
    exit: lastEnd,
    engineSays: container?.engineSays ?? '',
    log: lines.join('\n'),
    memoryLimit: container?.memoryLimit ?? 0,
    spared: sparedBy(stack),
    runsAs: node?.container.runsAs,
  };
};

const noContainer = (service: string): Omit<Diagnosis, 'cause'> => ({
  service,
  container: undefined,
  ends: 0,
  lastEnd: undefined,
  lines: [],
});

export const createDiagnose = ({ stack, containers, idOf, endsOf, redact, recognise }: DiagnoseOptions) => {
  const look = async (service: string, id: string | undefined): Promise<Omit<Diagnosis, 'cause'>> => {
    const story = id === undefined ? undefined : await containers.story(id);
    if (id === undefined || story === undefined) return noContainer(service);
    const ends = endsOf(id);
    const last = ends.at(-1);
    const since = Math.max(0, (ends[0]?.began ?? secondsOf(story.startedAt)) - REPORTED_LATE_S);
    const lines = redact(await containers.lastLines(id, LINES, since)).split('\n');
    return {
      service,
      container: {
        ...story,
        engineSays: redact(story.engineSays),
        health: story.health
          .filter(({ at }) => secondsOf(at) >= since)
          .map((entry) => ({ ...entry, said: redact(entry.said) })),
      },
      ends: ends.length,
      lastEnd: last && { exitCode: last.exitCode, outOfMemory: last.outOfMemory },
      lines: lines.filter((line) => line.trim() !== ''),
    };
  };
  return {
    /** Undefined when the engine has nothing to do with it: a job that works on a server elsewhere. */
    diagnose: async (node: StackNode, error: ChatopsError): Promise<Diagnosis | undefined> => {
      const service = subjectOf(node, stack);
      if (service === undefined) return undefined;
      const seen = await look(service, await idOf(service));
      return { ...seen, cause: recognise.cause(symptomsOf(seen, stack, error)) };
    },
    /** Whether the end of this service is one that starting it again cannot fix. */
    isHopeless: async (service: string, { id }: ContainerEnd): Promise<boolean> => {
      try {
        return recognise.isHopeless(symptomsOf(await look(service, id), stack, undefined));
      } catch {
        // The engine cannot tell now; the next end, or the deadline, will.
        return false;
      }
    },
  };
};
