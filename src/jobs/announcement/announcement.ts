/**
 * The job `announcement`: an event of GitLab has become a message that the bot reads at the public address. Of a GitLab
 * of ours a pipeline is asked for; of an existing one only what its own button "Test" does.
 */
import { ChatopsError } from '../../errors/chatops-error.ts';
import { baseUrl } from '../../ports/addresses.ts';
import { credentialsOf } from '../../ports/credentials.ts';
import type { GitLabClient } from '../../ports/gitlab.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Proof } from '../../ports/proofs.ts';
import type { ChatMessage, ChatRoom, RocketChatSession } from '../../ports/rocketchat.ts';
import type { AnnouncementSpec } from '../../stack/stack.ts';
import { fits } from '../../values/wildcard.ts';
import { type Job, StaleDecision } from '../job.ts';
import { askForTest, requireHook } from './ask-for-test.ts';
import {
  type AnnouncementChange,
  type AnnouncementSeen,
  decideAnnouncement,
  namesPipeline,
  namesProject,
} from './decide.ts';

/** How many of the room's newest messages are looked through. */
const LATEST = 50;
/** A delivery may wait in GitLab's queue; the job's own deadline is later. */
const WAIT_MS = 240_000;
const LOOK_AGAIN_MS = 250;
/** Stands for the id of a message that was not seen yet; the text then holds the pipeline's number. */
const UNSEEN = '';

const pendingOf = (proof: Proof | undefined): number | undefined =>
  proof?.messageId === UNSEEN && /^\d+$/.test(proof.text) ? Number(proof.text) : undefined;

interface Asked {
  /** What was asked for, for messages: `pipeline 12`. */
  readonly name: string;
  /** What was proven, for the summary. */
  readonly shows: string;
  readonly isAbout: (message: ChatMessage) => boolean;
}

const aboutPipeline = (id: number): Asked => ({
  name: `pipeline ${id}`,
  shows: 'a GitLab pipeline event',
  isAbout: ({ text }) => namesPipeline(text, id),
});

const notSeen = ({ project, room }: AnnouncementSpec, name: string): ChatopsError =>
  new ChatopsError('JOB_FAILED', {
    what: `${name} of ${project} was not announced in #${room}`,
    why: `${WAIT_MS / 1_000} s later no new message there names it`,
    next: `see the recent deliveries of the webhook in ${project} (Settings → Webhooks), then the log of the chat`,
  });

/**
 * What is asked for must be what the room wants to hear. @param branch undefined where GitLab chooses it
 * @throws ChatopsError JOB_FAILED
 */
const requireTold = ({ filter, project, room }: AnnouncementSpec, branch: string | undefined): void => {
  const branches = filter?.branches;
  if (branches === undefined || (branch !== undefined && branches.some((pattern) => fits(pattern, branch)))) return;
  const what = `no event of ${project} could be asked for that #${room} hears of`;
  const why = `it hears of ${branches.join(', ')} only, and ${branch === undefined ? 'GitLab chooses the branch of a test event' : `the default branch is ${branch}`}`;
  throw new ChatopsError('JOB_FAILED', { what, why, next: `see a push of yours announced there` });
};

export const createAnnouncementJob = (
  spec: AnnouncementSpec,
  ports: Ports,
): Job<AnnouncementSeen, AnnouncementChange> => {
  const { proofs, clock, rocketchat, secrets, addresses } = ports;
  const { publicUrl, account, room, project } = spec;
  const wanted = { project, room, bot: account.username, publicUrl, onlyFailures: spec.filter?.loud === 'failures' };
  let unprovable: string | undefined;
  const logIn = (signal: AbortSignal): Promise<RocketChatSession> =>
    rocketchat.login(publicUrl, credentialsOf(secrets, account), signal);
  const connect = (): GitLabClient =>
    ports.gitlab.connect({ url: baseUrl(addresses, spec.gitlab), token: secrets.read(spec.token) });

  const runPipeline = async (client: GitLabClient, signal: AbortSignal): Promise<number | undefined> => {
    const found = await client.findProject(project, signal);
    if (found?.defaultBranch === undefined) return undefined;
    requireTold(spec, found.defaultBranch);
    return (await client.createPipeline(found.id, found.defaultBranch, signal))?.id;
  };

  const ask = async (roomId: string, signal: AbortSignal): Promise<Asked> => {
    const client = connect();
    const hook = await requireHook(spec, client, ports, signal);
    const id = spec.external ? undefined : await runPipeline(client, signal);
    if (id === undefined) requireTold(spec, undefined);
    if (id === undefined) {
      // A project without CI of its own, or a GitLab that is not ours to run things on.
      const event = await askForTest(spec, client, hook, signal);
      const shows = `a GitLab test event (${event})`;
      return { name: `a test event (${event})`, shows, isAbout: ({ text }) => namesProject(text, project) };
    }
    const at = clock.date().toISOString();
    await proofs.write(spec.job, { messageId: UNSEEN, roomId, text: String(id), at, roundTripMs: 0 });
    return aboutPipeline(id);
  };

  /** What stands in the way of the proof becomes a warning: the next look knows it. */
  const askOrLearn = async (roomId: string, signal: AbortSignal): Promise<Asked> => {
    try {
      return await ask(roomId, signal);
    } catch (thrown) {
      if (!(thrown instanceof ChatopsError) || thrown.code !== 'JOB_FAILED') throw thrown;
      unprovable = `${thrown.message}: ${thrown.next}`;
      throw new StaleDecision(thrown.message, thrown);
    }
  };

  const awaitMessage = async (
    session: RocketChatSession,
    seenRoom: ChatRoom,
    known: ReadonlySet<string>,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<ChatMessage> => {
    const startedAt = clock.now();
    for (;;) {
      const latest = await session.latestMessages(seenRoom, LATEST, signal);
      const found = latest.find((message) => !known.has(message.id) && asked.isAbout(message));
      if (found) return found;
      if (clock.now() - startedAt > WAIT_MS) throw notSeen(spec, asked.name);
      await clock.sleep(LOOK_AGAIN_MS, signal);
    }
  };

  return {
    id: spec.job,
    blank: () => ({ roomId: 'new', proven: undefined, pending: undefined, unprovable: undefined }),
    observe: async (signal) => {
      const session = await logIn(signal);
      const seenRoom = await session.room(room, signal);
      const proof = await proofs.read(spec.job);
      const isHere = proof !== undefined && proof.roomId === seenRoom?.id;
      const proven = isHere && proof.messageId !== UNSEEN ? await session.message(proof.messageId, signal) : undefined;
      return { roomId: seenRoom?.id, proven, pending: isHere ? pendingOf(proof) : undefined, unprovable };
    },
    decide: (seen) => decideAnnouncement(wanted, seen),
    apply: async ({ pending }, signal) => {
      const session = await logIn(signal);
      const seenRoom = await session.room(room, signal);
      if (!seenRoom) throw new ChatopsError('JOB_FAILED', { what: `room ${room} is gone` });
      // Known by their ids and not by their time: the clocks of the servers and ours need not agree.
      const known = pending === undefined ? await session.latestMessages(seenRoom, LATEST, signal) : [];
      const at = clock.date().toISOString();
      const startedAt = clock.now();
      const asked = pending === undefined ? await askOrLearn(seenRoom.id, signal) : aboutPipeline(pending);
      const message = await awaitMessage(session, seenRoom, new Set(known.map(({ id }) => id)), asked, signal);
      const roundTripMs = clock.now() - startedAt;
      await proofs.write(spec.job, {
        messageId: message.id,
        roomId: message.roomId,
        text: message.text,
        shows: asked.shows,
        at,
        roundTripMs,
      });
    },
  };
};
