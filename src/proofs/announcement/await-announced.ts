/** Waits until the room shows what was asked for, says meanwhile what it waits for, and gives up what cannot come. */

import type { ChatMessage, ChatSession, Room } from '../../contracts/chat.ts';
import type { Clock } from '../../contracts/clock.ts';
import { type Forge, wasAnswered } from '../../contracts/forge.ts';
import { StaleDecision, type Waiting } from '../../contracts/job.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { FoundHook } from './ask-for-test.ts';
import { hasEnded, lastDelivery, pipelineState, wasTaken } from './pipeline-state.ts';
import type { AnnouncementSpec } from './spec.ts';

/** How many of the room's newest messages are looked through. */
export const LATEST = 50;
/** A delivery may wait in the forge's queue this long after what it reports, ms. */
const SHOWN_WITHIN_MS = 120_000;
/**
 * For this long after a hook was made, ms, some process of the forge may go by rules that it has read before, and refuse
 * to call its address: by default up to a minute, and what a look takes.
 */
const FORMER_RULES_MS = 75_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 2_000;
/** A pause is this part of the time already waited, within the two bounds. */
const PAUSE_SHARE = 0.05;

export interface ForgeProgress {
  /** What is waited for, one line. */
  readonly says: string;
  /** Nothing has to happen any more but the delivery. */
  readonly isOver: boolean;
}

export interface Asked {
  /** What was asked for, for messages: `pipeline 12`. */
  readonly name: string;
  /** What was proven, for the summary. */
  readonly shows: string;
  readonly isAbout: (message: ChatMessage) => boolean;
  /**
   * How far it is, as the forge reports it. @throws ChatopsError JOB_FAILED when it was refused; StaleDecision when the
   * forge itself would not send it yet
   */
  readonly progress: (signal: AbortSignal) => Promise<ForgeProgress>;
}

const next = (project: string): string =>
  `see the recent deliveries of the webhook in ${project} (Settings → Webhooks), then the log of the chat`;

const notSeen = ({ project, room }: AnnouncementSpec, { name }: Asked, { says }: ForgeProgress): ChatopsError =>
  new ChatopsError('JOB_FAILED', {
    what: `${name} of ${project} was not announced in #${room}`,
    why: `${says} after ${SHOWN_WITHIN_MS / 1_000} s`,
    next: next(project),
  });

/** The progress of a pipeline of ours. */
export const pipelineProgress =
  (
    { project, room, forge: { title } }: AnnouncementSpec,
    forge: Forge,
    id: number,
    hook: (signal: AbortSignal) => Promise<FoundHook>,
  ) =>
  async (signal: AbortSignal): Promise<ForgeProgress> => {
    const pipeline = await forge.showPipeline(project, id, signal);
    if (!hasEnded(pipeline)) {
      const jobs = await forge.listPipelineJobs(project, id, signal);
      return { says: pipelineState(pipeline, jobs), isOver: false };
    }
    const { place, id: hookId, ageMs = FORMER_RULES_MS } = await hook(signal);
    const sent = lastDelivery(await forge.listDeliveries(place, hookId, signal), pipeline);
    if (sent && !wasAnswered(sent) && ageMs < FORMER_RULES_MS) {
      throw new StaleDecision(`${title} did not send what pipeline ${id} came to: ${sent.responseStatus}`);
    }
    if (sent && !wasTaken(sent)) {
      throw new ChatopsError('JOB_FAILED', {
        what: `pipeline ${id} of ${project} was not announced in #${room}`,
        why: `${title}'s delivery was answered with ${sent.responseStatus}: ${sent.responseBody}`.replace(/: $/, ''),
        next: next(project),
      });
    }
    const ended = `pipeline ${id} has ended (${pipeline.status})`;
    const says = sent ? `${ended}, the chat took its delivery` : `${ended}, its delivery was not seen`;
    return { says: `${says}, and #${room} does not show it`, isOver: true };
  };

export interface AwaitOptions {
  readonly spec: AnnouncementSpec;
  readonly clock: Clock;
  readonly session: ChatSession;
  readonly room: Room;
  /** Ids of messages that were there before. */
  readonly known: ReadonlySet<string>;
  /** Called at every look; throws when the job's deadline has passed. */
  readonly waiting: Waiting;
}

/** @throws ChatopsError JOB_FAILED when it was refused, or is over for long and nothing came */
export const awaitAnnounced = async (
  { spec, clock, session, room, known, waiting }: AwaitOptions,
  asked: Asked,
  signal: AbortSignal,
): Promise<ChatMessage> => {
  const startedAt = clock.now();
  let overAt: number | undefined;
  for (;;) {
    const latest = await session.latest(room, LATEST, signal);
    const found = latest.find((message) => !known.has(message.id) && asked.isAbout(message));
    if (found) return found;
    const progress = await asked.progress(signal);
    const now = clock.now();
    if (progress.isOver) overAt ??= now;
    if (overAt !== undefined && now - overAt > SHOWN_WITHIN_MS) throw notSeen(spec, asked, progress);
    waiting(progress.says);
    await clock.sleep(Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, (now - startedAt) * PAUSE_SHARE)), signal);
  }
};
