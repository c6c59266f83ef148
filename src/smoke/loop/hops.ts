/** The hops of the loop, in their order: each asks one link, gives what it found and an answer for people. */

import type { ChatMessage, ChatSession, Room } from '../../contracts/chat.ts';
import type { Clock } from '../../contracts/clock.ts';
import type { Forge, ForgeProject, HookDelivery, HookPlace, Pipeline, PipelineJob } from '../../contracts/forge.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { type Addressed, requireTaken } from '../../simulate/judge-answer.ts';
import { notYet, type Polled, poll, there } from './poll.ts';

export interface Watch {
  readonly forge: Forge;
  /** What it is called in messages. */
  readonly title: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

export const awaitPipeline = ({ forge, title, clock, signal }: Watch, { id }: ForgeProject): Promise<Pipeline> =>
  poll(
    async () => {
      const [pipeline] = await forge.listPipelines(id, signal);
      return pipeline ? there(pipeline) : notYet(`${title} has made no pipeline for the push`);
    },
    clock,
    signal,
  );

const WAITING: readonly string[] = ['created', 'waiting_for_resource', 'preparing', 'pending', 'scheduled', 'manual'];

const awaitJob = (
  { forge, clock, signal }: Watch,
  project: ForgeProject,
  pipeline: Pipeline,
  judge: (job: PipelineJob) => Polled<PipelineJob>,
): Promise<PipelineJob> =>
  poll(
    async () => {
      const [job] = await forge.listPipelineJobs(project.id, pipeline.id, signal);
      return job ? judge(job) : notYet(`pipeline ${pipeline.id} has no job`);
    },
    clock,
    signal,
  );

/** Resolves when a runner has taken the job, however it goes on. */
export const awaitTaken = (watch: Watch, project: ForgeProject, pipeline: Pipeline): Promise<PipelineJob> =>
  awaitJob(watch, project, pipeline, (job) =>
    WAITING.includes(job.status) ? notYet(`job ${job.id} is ${job.status}: no runner has taken it`) : there(job),
  );

/** @throws ChatopsError JOB_FAILED when it ends otherwise than with success */
export const awaitSuccess = async (watch: Watch, project: ForgeProject, pipeline: Pipeline): Promise<PipelineJob> => {
  const ended = await awaitJob(watch, project, pipeline, (job) =>
    ['running', 'canceling', ...WAITING].includes(job.status) ? notYet(`job ${job.id} is ${job.status}`) : there(job),
  );
  if (ended.status === 'success') return ended;
  throw new ChatopsError('JOB_FAILED', {
    what: `the runner's job ended with ${ended.status}`,
    ...(ended.failureReason === undefined ? {} : { why: `${watch.title} says: ${ended.failureReason}` }),
    next: "read the runner's log; a runner that cannot clone or find its image fails every job",
  });
};

const STILL_UNDER_WAY: readonly (string | undefined)[] = [...WAITING, 'running', 'canceling'];

/** @throws ChatopsError when the receiver did not take it, in the receiver's own terms */
const requireDelivered = ({ responseStatus, responseBody, kind }: HookDelivery, to: Addressed, title: string): void => {
  const status = Number(responseStatus);
  if (Number.isInteger(status) && status > 0) {
    requireTaken({ status, headers: {}, body: responseBody }, to);
    return;
  }
  throw new ChatopsError('UNREACHABLE', {
    what: `${title} could not deliver its ${kind} event to the chat`,
    why: responseBody === '' ? responseStatus : responseBody,
    next: `see that ${title} may call the chat (outbound requests) and reaches it`,
  });
};

/** Resolves to how many were delivered; undefined where the forge keeps no log. The first refusal ends it. */
export const awaitDelivered = (
  { forge, title, clock, signal }: Watch,
  place: HookPlace,
  hookId: number,
  last: 'push' | 'pipeline',
  to: Addressed,
): Promise<number | undefined> =>
  poll(
    async () => {
      const deliveries = await forge.listDeliveries(place, hookId, signal);
      if (deliveries === undefined) return there(undefined);
      for (const delivery of deliveries) requireDelivered(delivery, to, title);
      const isLast = ({ kind, status }: HookDelivery): boolean =>
        kind === last && (last === 'push' || !STILL_UNDER_WAY.includes(status));
      return deliveries.some(isLast)
        ? there(deliveries.length)
        : notYet(`${title} has sent ${deliveries.length} events, not yet the last one (${last})`);
    },
    clock,
    signal,
  );

export interface OpenRoom {
  readonly session: ChatSession;
  readonly room: Room;
  /** Ids of what stood there before. */
  readonly known: ReadonlySet<string>;
}

const LATEST = 50;

export const openRoom = async (session: ChatSession, name: string, signal: AbortSignal): Promise<OpenRoom> => {
  const room = await session.room(name, signal);
  if (!room)
    throw new ChatopsError('MESSAGE_MISSING', { what: `the bot sees no room ${name}`, next: 'run `chatops-up up`' });
  return { session, room, known: new Set((await session.latest(room, LATEST, signal)).map(({ id }) => id)) };
};

/** After the chat took the last event, the message stands there at once; a moment is given all the same, ms. */
const SHOWN_WITHIN_MS = 5_000;

/**
 * The message about the pipeline, or about the project where good pipelines are not announced in the room.
 * @throws ChatopsError MESSAGE_MISSING
 */
export const awaitMessage = async (
  { session, room, known }: OpenRoom,
  project: Pick<ForgeProject, 'path'>,
  pipeline: number | undefined,
  { title, clock, signal }: Watch,
): Promise<ChatMessage> => {
  const startedAt = clock.now();
  return poll(
    async () => {
      const fresh = (await session.latest(room, LATEST, signal)).filter(({ id }) => !known.has(id));
      const ours = fresh.filter(({ text }) => text.includes(project.path.slice(project.path.lastIndexOf('/') + 1)));
      const best =
        pipeline === undefined
          ? ours[0]
          : ours.find(({ text }) => new RegExp(`(#|/pipelines/)${pipeline}(?!\\d)`).test(text));
      if (best) return there(best);
      if (clock.now() - startedAt < SHOWN_WITHIN_MS) return notYet(`#${room.name} shows nothing of ${project.path}`);
      if (ours[0]) return there(ours[0]);
      throw new ChatopsError('MESSAGE_MISSING', {
        what: `#${room.name} shows nothing of ${project.path}`,
        why: `${title} delivered, the chat took it, and no message came`,
        next: 'run `chatops-up plan`: it shows whether the webhook in the chat is still ours',
      });
    },
    clock,
    signal,
  );
};
