/** Who can log in at the public address, and what the bot may do there. */

import { type Check, type CheckDeps, passed } from '../../../contracts/check.ts';
import { requireWebSocket } from '../../../contracts/require-web-socket.ts';
import { announcedRooms, receiverOf } from '../../../stack/offers.ts';
import type { HttpTarget, ProbeSpec } from '../../../stack/stack.ts';

export const chatChecks = ({ stack, inside, ask, ports }: CheckDeps): readonly Check[] => {
  const { chat } = stack.offers;
  if (!chat || chat.speaks !== undefined) return [];
  const { admin, bot, ownWay: url } = chat;
  const target: HttpTarget = { kind: 'url', url };
  const check = (name: string, spec: ProbeSpec, says?: string): Check => ({
    area: 'chat',
    name,
    run: async (signal) => {
      const detail = await ask(spec, name, 0, signal);
      return passed(says ?? detail);
    },
  });
  // As the bot's own container does; its rooms are asked below.
  const botSession = check(
    `realtime session of ${bot.username}`,
    { what: 'bot', target: chat.target, account: bot, rooms: [] },
    `${bot.username} is connected`,
  );
  const webSocket: Check = {
    area: 'chat',
    name: 'WebSocket',
    run: async (signal) => {
      await requireWebSocket(ports.http, `${url}${ports.chat(target).webSocketPath}`, signal);
      return passed('it opens');
    },
  };
  const rooms = [...new Set([...chat.rooms, ...announcedRooms(stack)])];
  const receiver = receiverOf(stack);
  return [
    check(`login of ${admin.username}`, {
      what: 'rocketchat-login',
      target,
      account: admin,
    }),
    check(`login of ${bot.username}`, { what: 'rocketchat-login', target, account: bot }),
    inside ? botSession : webSocket,
    ...rooms.map((room) =>
      check(`${bot.username} in room ${room}`, {
        what: 'rocketchat-room',
        target,
        account: bot,
        room,
        may: 'post',
      }),
    ),
    ...(receiver && receiver.ref.kind !== 'relay'
      ? [check('incoming webhook', { what: 'webhook', target, admin, name: receiver.ref.name })]
      : []),
  ];
};
