/**
 * The job `announcement`: an event of the forge has become a message that the bot reads at the public address. Of a forge
 * of ours a pipeline is asked for; of an existing one only what its own button "Test" does.
 */

import type { ChatMessage, ChatSession } from '../../contracts/chat.ts';
import { credentialsOf } from '../../contracts/credentials.ts';
import type { Forge } from '../../contracts/forge.ts';
import { type Job, StaleDecision } from '../../contracts/job.ts';
import type { Ports } from '../../contracts/ports.ts';
import type { Proof } from '../../contracts/proofs.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { fits } from '../../values/wildcard.ts';
import { askForTest, requireHook } from './ask-for-test.ts';
import { type Asked, awaitAnnounced, LATEST, pipelineProgress } from './await-announced.ts';
import {
  type AnnouncementChange,
  type AnnouncementSeen,
  decideAnnouncement,
  namesPipeline,
  namesProject,
} from './decide.ts';
import type { AnnouncementSpec } from './spec.ts';

/** Stands for the id of a message that was not seen yet; the text then holds the pipeline's number. */
const UNSEEN = '';
/** It was refused or is over; or the forge does not know the pipeline any more. */
const CANNOT_COME: readonly ErrorCode[] = ['JOB_FAILED', 'UNEXPECTED_ANSWER'];

const pendingOf = (proof: Proof | undefined): number | undefined =>
  proof?.messageId === UNSEEN && /^\d+$/.test(proof.text) ? Number(proof.text) : undefined;

/**
 * What is asked for must be what the room wants to hear. @param branch undefined where the forge chooses it
 * @throws ChatopsError JOB_FAILED
 */
const requireHeard = ({ filter, forge, project, room }: AnnouncementSpec, branch: string | undefined): void => {
  const branches = filter?.branches;
  if (branches === undefined || (branch !== undefined && branches.some((pattern) => fits(pattern, branch)))) return;
  const what = `no event of ${project} could be asked for that #${room} hears of`;
  const why = `it hears of ${branches.join(', ')} only, and ${branch === undefined ? `${forge.title} chooses the branch of a test event` : `the default branch is ${branch}`}`;
  throw new ChatopsError('JOB_FAILED', { what, why, next: `see a push of yours announced there` });
};

export const createAnnouncementJob = (
  spec: AnnouncementSpec,
  ports: Ports,
): Job<AnnouncementSeen, AnnouncementChange> => {
  const { proofs, clock, chat, secrets } = ports;
  const { publicUrl, account, room, project } = spec;
  const wanted = { project, room, bot: account.username, publicUrl, onlyFailures: spec.filter?.loud === 'failures' };
  let unprovable: string | undefined;
  const logIn = (signal: AbortSignal): Promise<ChatSession> =>
    chat({ kind: 'url', url: publicUrl }, spec.speaks).login(credentialsOf(secrets, account), signal);
  const connect = (): Forge => ports.forge(spec.forge);

  const aboutPipeline = (id: number, forge: Forge = connect()): Asked => ({
    name: `pipeline ${id}`,
    shows: `a ${spec.forge.title} pipeline event`,
    isAbout: ({ text }) => namesPipeline(text, id),
    progress: pipelineProgress(spec, forge, id, (signal) => requireHook(spec, forge, ports, signal)),
  });

  const runPipeline = async (forge: Forge, signal: AbortSignal): Promise<number | undefined> => {
    const found = await forge.findProject(project, signal);
    if (found?.defaultBranch === undefined) return undefined;
    requireHeard(spec, found.defaultBranch);
    return (await forge.createPipeline(found.id, found.defaultBranch, signal))?.id;
  };

  const ask = async (roomId: string, signal: AbortSignal): Promise<Asked> => {
    const forge = connect();
    const hook = await requireHook(spec, forge, ports, signal);
    const id = spec.external ? undefined : await runPipeline(forge, signal);
    if (id === undefined) requireHeard(spec, undefined);
    if (id === undefined) {
      // A project without CI of its own, or a forge that is not ours to run things on.
      const event = await askForTest(spec, forge, hook, signal);
      const shows = `a ${spec.forge.title} test event (${event})`;
      const says = `${spec.forge.title} has sent a test event (${event}), and #${room} does not show it`;
      const isAbout = ({ text }: ChatMessage): boolean => namesProject(text, project);
      return { name: `a test event (${event})`, shows, isAbout, progress: async () => ({ says, isOver: true }) };
    }
    const at = clock.date().toISOString();
    await proofs.write(spec.proof, { messageId: UNSEEN, roomId, text: String(id), at, roundTripMs: 0 });
    return aboutPipeline(id, forge);
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

  /** One that cannot come any more is not waited for by the next run either; of an earlier run's a new one is asked for. */
  const giveUp = async (roomId: string, isResumed: boolean, thrown: unknown): Promise<never> => {
    const cannotCome =
      thrown instanceof StaleDecision || (thrown instanceof ChatopsError && CANNOT_COME.includes(thrown.code));
    if (!cannotCome) throw thrown;
    await proofs.write(spec.proof, {
      messageId: UNSEEN,
      roomId,
      text: '',
      at: clock.date().toISOString(),
      roundTripMs: 0,
    });
    throw isResumed && thrown instanceof ChatopsError ? new StaleDecision(thrown.message, thrown) : thrown;
  };

  return {
    id: spec.job,
    blank: () => ({ roomId: 'new', proven: undefined, pending: undefined, unprovable: undefined }),
    observe: async (signal) => {
      const session = await logIn(signal);
      const seenRoom = await session.room(room, signal);
      const proof = await proofs.read(spec.proof);
      const isHere = proof !== undefined && proof.roomId === seenRoom?.id;
      const proven = isHere && proof.messageId !== UNSEEN ? await session.message(proof.messageId, signal) : undefined;
      return { roomId: seenRoom?.id, proven, pending: isHere ? pendingOf(proof) : undefined, unprovable };
    },
    decide: (seen) => decideAnnouncement(wanted, seen),
    apply: async ({ pending }, signal, waiting) => {
      const session = await logIn(signal);
      const seenRoom = await session.room(room, signal);
      if (!seenRoom) throw new ChatopsError('JOB_FAILED', { what: `room ${room} is gone` });
      // Known by their ids and not by their time: the clocks of the servers and ours need not agree.
      const known = pending === undefined ? await session.latest(seenRoom, LATEST, signal) : [];
      const at = clock.date().toISOString();
      const startedAt = clock.now();
      const asked = pending === undefined ? await askOrLearn(seenRoom.id, signal) : aboutPipeline(pending);
      const before = new Set(known.map(({ id }) => id));
      const options = { spec, clock, session, room: seenRoom, known: before, waiting };
      const message = await awaitAnnounced(options, asked, signal).catch((thrown: unknown) =>
        giveUp(seenRoom.id, pending !== undefined, thrown),
      );
      const roundTripMs = clock.now() - startedAt;
      await proofs.write(spec.proof, {
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
