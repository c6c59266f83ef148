/**
 * The job `conversation`: the bot posts a random word through the public address and reads it back there. What it is
 * going to say is remembered before it is said, so that a kill in between does not make it say it twice.
 */

import type { ChatMessage, ChatSession, Room } from '../../contracts/chat.ts';
import { credentialsOf } from '../../contracts/credentials.ts';
import type { Job, Waiting } from '../../contracts/job.ts';
import { onceItTakesMessages } from '../../contracts/once-it-takes-messages.ts';
import type { Ports } from '../../contracts/ports.ts';
import type { Proof } from '../../contracts/proofs.ts';
import { requireWebSocket } from '../../contracts/require-web-socket.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { type ConversationChange, type ConversationSeen, decideConversation } from './decide.ts';
import type { ConversationSpec } from './spec.ts';

/** Stands for the id of a message that was not answered for. */
const UNANSWERED = '';
/** How far back an unanswered message is looked for. */
const LATEST = 100;

const findUnanswered = async (
  session: ChatSession,
  room: Room,
  proof: Proof | undefined,
  signal: AbortSignal,
): Promise<ChatMessage | undefined> => {
  if (proof?.messageId !== UNANSWERED || proof.roomId !== room.id) return undefined;
  const latest = await session.latest(room, LATEST, signal);
  return latest.find(({ text }) => text === proof.text);
};

const notReadBack = ({ publicUrl, room }: ConversationSpec): ChatopsError =>
  new ChatopsError('JOB_FAILED', {
    what: `what the bot posted into ${room} could not be read back at ${publicUrl}`,
    why: 'the server took the message and does not show it, or shows another text',
  });

export const createConversationJob = (
  spec: ConversationSpec,
  ports: Ports,
): Job<ConversationSeen, ConversationChange> => {
  const { proofs, clock, randomWord, http, secrets } = ports;
  const { publicUrl, account, room, speaks } = spec;
  const chat = ports.chat({ kind: 'url', url: publicUrl }, speaks);
  const logIn = (signal: AbortSignal) => chat.login(credentialsOf(secrets, account), signal);
  const readProof = async (session: ChatSession, proof: Proof | undefined, signal: AbortSignal) => {
    if (proof === undefined || proof.messageId === UNANSWERED) return undefined;
    const message = await session.message(proof.messageId, signal);
    return message?.text === proof.text ? message : undefined;
  };
  const mustReadBack = async (session: ChatSession, { id, text }: ChatMessage, signal: AbortSignal) => {
    const message = await session.message(id, signal);
    if (message?.text !== text) throw notReadBack(spec);
    return message;
  };

  const say = async (session: ChatSession, roomId: string, signal: AbortSignal, waiting: Waiting): Promise<void> => {
    const text = `Can you hear me? The word is ${randomWord()}.`;
    const at = clock.date().toISOString();
    await proofs.write(spec.proof, { messageId: UNANSWERED, roomId, text, at, roundTripMs: 0 });
    let startedAt = clock.now();
    const post = () => {
      startedAt = clock.now();
      return session.post(roomId, text, signal);
    };
    const sent = await onceItTakesMessages(post, { clock, signal, since: startedAt, waiting });
    const message = await mustReadBack(session, { ...sent, text }, signal);
    const roundTripMs = clock.now() - startedAt;
    await proofs.write(spec.proof, { messageId: message.id, roomId, text, at, roundTripMs });
  };

  /** The interrupted run knew when it sent; only now do we know that it arrived. */
  const readBack = async (session: ChatSession, message: ChatMessage, signal: AbortSignal): Promise<void> => {
    const { id, roomId, text } = await mustReadBack(session, message, signal);
    const at = (await proofs.read(spec.proof))?.at ?? clock.date().toISOString();
    const roundTripMs = Math.max(0, clock.date().getTime() - Date.parse(at));
    await proofs.write(spec.proof, { messageId: id, roomId, text, at, roundTripMs });
  };

  return {
    id: spec.job,
    blank: () => ({ roomId: 'new', proven: undefined, unread: undefined }),
    observe: async (signal) => {
      await requireWebSocket(http, `${publicUrl}${chat.webSocketPath}`, signal);
      const session = await logIn(signal);
      const seenRoom = await session.room(room, signal);
      const proof = await proofs.read(spec.proof);
      return {
        roomId: seenRoom?.id,
        proven: await readProof(session, proof, signal),
        unread: seenRoom && (await findUnanswered(session, seenRoom, proof, signal)),
      };
    },
    decide: (seen) => decideConversation({ room, bot: account.username, publicUrl }, seen),
    apply: async ({ step }, signal, waiting) => {
      const session = await logIn(signal);
      if (step.kind === 'say') await say(session, step.roomId, signal, waiting);
      else await readBack(session, step.message, signal);
    },
  };
};
