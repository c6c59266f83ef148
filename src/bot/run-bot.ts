/** A small bot of ours: it holds a session of its own in its rooms, answers there, and comes back when it is cut off. */
import { toChatopsError } from '../errors/chatops-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { ArrivedMessage, ChatRoom, Credentials, RocketChatPort, RocketChatSession } from '../ports/rocketchat.ts';
import { answerTo } from './answer.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export interface BotOptions {
  readonly rocketchat: RocketChatPort;
  readonly clock: Clock;
  /** `http://rocketchat:3000`, no trailing slash. */
  readonly base: string;
  readonly credentials: Credentials;
  /** What it listens to besides its user name. */
  readonly name: string;
  readonly rooms: readonly string[];
  /** One line for the log; never a secret. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const roomsOf = async (
  session: RocketChatSession,
  { rooms, say, signal }: BotOptions,
): Promise<readonly ChatRoom[]> => {
  const found = await Promise.all(rooms.map((name) => session.room(name, signal)));
  for (const [index, name] of rooms.entries()) if (!found[index]) say(`room ${name} is not there for me`);
  return found.filter((room): room is ChatRoom => room !== undefined);
};

/** One session, from login to its end. @returns when it has ended. */
const serve = async (options: BotOptions): Promise<void> => {
  const { rocketchat, base, credentials, name, say, signal } = options;
  const session = await rocketchat.login(base, credentials, signal);
  const connection = await rocketchat.connectBot(base, credentials, signal);
  try {
    const rooms = new Map((await roomsOf(session, options)).map((room) => [room.id, room.name]));
    const names = [name, session.username];
    const reply = async ({ roomId, text, from }: ArrivedMessage): Promise<void> => {
      const answer = from === session.userId || !rooms.has(roomId) ? undefined : answerTo(text, names);
      if (answer === undefined) return;
      await session.post(roomId, answer, signal);
      say(`answered in ${rooms.get(roomId)}`);
    };
    connection.listen((message) => {
      reply(message).catch((thrown: unknown) => say(`no answer given: ${toChatopsError(thrown).message}`));
    });
    say(`logged in as ${session.username}, listening in ${[...rooms.values()].join(', ')}`);
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([connection.ended, stopped]);
  } finally {
    await connection.close();
  }
};

/** Runs until the signal is aborted. Never rejects: what fails is said, and tried again ever less often. */
export const runBot = async (options: BotOptions): Promise<void> => {
  const { clock, say, signal } = options;
  let pause = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const began = clock.now();
    try {
      await serve(options);
      if (!signal.aborted) say('the session has ended, coming back');
    } catch (thrown) {
      if (!signal.aborted) say(`not connected: ${toChatopsError(thrown).message}`);
    }
    // A session that held is no reason to be patient.
    pause = clock.now() - began > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : pause;
    await clock.sleep(pause, signal).catch(() => undefined);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  }
};
