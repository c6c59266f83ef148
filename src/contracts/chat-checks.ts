/** Who can log in at the public address of a chat, and what the bot may do there; each kind of chat has its own questions. */
import { announcedRooms } from '../stack/offers.ts';
import type { Account, ChatOffer, HttpTarget, ProbeSpec } from '../stack/stack.ts';
import { type Check, type CheckDeps, passed } from './check.ts';
import { requireWebSocket } from './require-web-socket.ts';

/** How a kind of chat is asked. */
export interface ChatQuestions {
  /** What it calls a room. */
  readonly room: string;
  login(target: HttpTarget, account: Account): ProbeSpec;
  /** Whether the account may post there. */
  mayPost(target: HttpTarget, account: Account, room: string): ProbeSpec;
}

/** Where users reach it, past a proxy of others. */
export const chatTargetOf = ({ ownWay: url }: ChatOffer): HttpTarget => ({ kind: 'url', url });

/** @param says what its success is reported as. Default: what the probe says */
export const chatCheck = ({ ask }: Pick<CheckDeps, 'ask'>, name: string, spec: ProbeSpec, says?: string): Check => ({
  area: 'chat',
  name,
  run: async (signal) => {
    const detail = await ask(spec, name, 0, signal);
    return passed(says ?? detail);
  },
});

export const chatChecksOf = (chat: ChatOffer, questions: ChatQuestions, deps: CheckDeps): readonly Check[] => {
  const { stack, inside, ports } = deps;
  const { admin, bot, speaks } = chat;
  const target = chatTargetOf(chat);
  // As the bot's own container does; its rooms are asked below.
  const botSession = chatCheck(
    deps,
    `realtime session of ${bot.username}`,
    { what: 'bot', target: chat.target, account: bot, rooms: [], ...(speaks === undefined ? {} : { speaks }) },
    `${bot.username} is connected`,
  );
  const webSocket: Check = {
    area: 'chat',
    name: 'WebSocket',
    run: async (signal) => {
      await requireWebSocket(ports.http, `${chat.ownWay}${ports.chat(target, speaks).webSocketPath}`, signal);
      return passed('it opens');
    },
  };
  const rooms = [...new Set([...chat.rooms, ...announcedRooms(stack)])];
  return [
    chatCheck(deps, `login of ${admin.username}`, questions.login(target, admin)),
    chatCheck(deps, `login of ${bot.username}`, questions.login(target, bot)),
    inside ? botSession : webSocket,
    ...rooms.map((room) =>
      chatCheck(deps, `${bot.username} in ${questions.room} ${room}`, questions.mayPost(target, bot, room)),
    ),
  ];
};
