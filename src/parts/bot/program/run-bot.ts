/** A small bot of ours: it holds a session of its own in its rooms, answers there, and comes back when it is cut off. */

import type { ArrivedMessage, Chat, ChatSession, Room } from '../../../contracts/chat.ts';
import type { Clock } from '../../../contracts/clock.ts';
import type { Credentials } from '../../../contracts/credentials.ts';
import { onceItTakesMessages } from '../../../contracts/once-it-takes-messages.ts';
import { ChatopsError, toChatopsError } from '../../../errors/chatops-error.ts';
import { answerTo } from './answer.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** How long the chat may take to answer what the bot may do; less than a HEALTHCHECK waits. */
const ASK_MS = 5_000;

export interface BotOptions {
  readonly chat: Chat;
  readonly clock: Clock;
  readonly credentials: Credentials;
  /** What it listens to besides its user name. */
  readonly name: string;
  readonly rooms: readonly string[];
  /** One line for the log; never a secret. */
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

export interface Bot {
  /** Until the signal is aborted. Never rejects: what fails is said, and tried again ever less often. */
  run(): Promise<void>;
  /** Whether it has a session now; asks nobody. */
  connected(): BotStanding;
  /** Whether it is usable now, asked over the session it has; what is wrong with that is fixed by coming back. */
  standing(): Promise<BotStanding>;
}

export interface BotStanding {
  readonly usable: boolean;
  /** One line, no secret. */
  readonly text: string;
}

/** The session that is being served, and how to give it up. */
interface Serving {
  readonly session: ChatSession;
  readonly silentMs: () => number;
  readonly giveUp: () => void;
}

const roomsOf = async (session: ChatSession, { rooms, say, signal }: BotOptions): Promise<readonly Room[]> => {
  const found = await Promise.all(rooms.map((name) => session.room(name, signal)));
  for (const [index, name] of rooms.entries()) if (!found[index]) say(`room ${name} is not there for me`);
  return found.filter((room): room is Room => room !== undefined);
};

/** Its log is all that an administrator has of it: the cure stands there too. */
const noAnswer = (error: ChatopsError): string =>
  `no answer given: ${error.message}${error.code === 'CHAT_READ_ONLY' ? `; ${error.next}` : ''}`;

/** One session, from login to its end. @returns when it has ended. */
const serve = async (options: BotOptions, report: (serving: Serving | undefined) => void): Promise<void> => {
  const { chat, clock, credentials, name, say, signal } = options;
  const session = await chat.login(credentials, signal);
  const since = clock.now();
  const rooms = new Map<string, string>();
  const names = [name, session.me.name];
  const reply = async ({ roomId, text, from }: ArrivedMessage): Promise<void> => {
    const answer = from === session.me.id || !rooms.has(roomId) ? undefined : answerTo(text, names);
    if (answer === undefined) return;
    await onceItTakesMessages(() => session.post(roomId, answer, signal), { clock, signal, since });
    say(`answered in ${rooms.get(roomId)}`);
  };
  const connection = await session.listen((message) => {
    reply(message).catch((thrown: unknown) => {
      if (!signal.aborted) say(noAnswer(toChatopsError(thrown)));
    });
  }, signal);
  try {
    for (const room of await roomsOf(session, options)) rooms.set(room.id, room.name);
    say(`logged in as ${session.me.name}, listening in ${[...rooms.values()].join(', ')}`);
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    const givenUp = new Promise<void>((giveUp) => report({ session, silentMs: connection.silentMs, giveUp }));
    await Promise.race([connection.ended, stopped, givenUp]);
  } finally {
    report(undefined);
    await connection.close();
  }
};

const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;

/** Asked by many at once, the chat is asked once. */
const oneAtATime = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let asking: Promise<T> | undefined;
  return () => {
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
};

export const createBot = (options: BotOptions): Bot => {
  const { clock, credentials, rooms, say, signal } = options;
  let serving: Serving | undefined;
  let trouble = 'it has not logged in yet';

  const notConnected = (): BotStanding => ({
    usable: false,
    text: `${credentials.username} is not connected: ${trouble}`,
  });
  const connected = (): BotStanding =>
    serving === undefined ? notConnected() : { usable: true, text: `${credentials.username} is connected` };

  const standing = async (): Promise<BotStanding> => {
    const current = serving;
    if (current === undefined) return notConnected();
    try {
      const why = await current.session.whyMayNotPost(rooms, AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]));
      if (why !== undefined) return { usable: false, text: why };
      return {
        usable: true,
        text: `${credentials.username} is connected, may post in ${rooms.join(', ') || 'no room'}, heard the chat ${seconds(current.silentMs())} ago`,
      };
    } catch (thrown) {
      // The account was logged out elsewhere (a new password does that), and the open connection does not show it.
      if (thrown instanceof ChatopsError && thrown.code === 'TOKEN_INVALID') current.giveUp();
      return { usable: false, text: `${credentials.username} got no answer: ${toChatopsError(thrown).message}` };
    }
  };

  const run = async (): Promise<void> => {
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const began = clock.now();
      try {
        await serve(options, (now) => {
          serving = now;
        });
        trouble = 'its session has ended';
        if (!signal.aborted) say('the session has ended, coming back');
      } catch (thrown) {
        trouble = toChatopsError(thrown).message;
        if (!signal.aborted) say(`not connected: ${trouble}`);
      }
      // A session that held is no reason to be patient.
      pause = clock.now() - began > LONGEST_PAUSE_MS ? FIRST_PAUSE_MS : pause;
      await clock.sleep(pause, signal).catch(() => undefined);
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    }
  };

  return { run, connected, standing: oneAtATime(standing) };
};
