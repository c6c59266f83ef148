/** Who can log in at the public address, and what the bot may do there. */
import { requireWebSocket } from '../../contracts/require-web-socket.ts';
import { announcedRooms, receiverOf } from '../../simulate/receiver.ts';
import { jobOf } from '../../stack/jobs-of.ts';
import type { HttpTarget, ProbeSpec } from '../../stack/stack.ts';
import { type Check, passed } from '../check.ts';
import type { SmokeDeps } from '../deps.ts';

/** Rooms of the bot, as its own readiness names them. */
const roomsOf = ({ what, rooms }: ProbeSpec): readonly string[] =>
  what === 'bot' && Array.isArray(rooms) ? rooms.map(String) : [];

export const chatChecks = ({ stack, inside, ask, ports }: SmokeDeps): readonly Check[] => {
  const setup = jobOf(stack, 'rocketchat-setup');
  const url = stack.publicUrls.chat;
  if (!setup || url === undefined) return [];
  const target: HttpTarget = { kind: 'url', url };
  const { admin } = setup;
  const bot = { username: setup.bot.username, password: setup.bot.password };
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
    { what: 'bot', target: setup.target, account: bot, rooms: [] },
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
  const heard = stack.nodes.flatMap((node) => (node.kind === 'service' ? roomsOf(node.ready) : []));
  const rooms = [...new Set([...heard, ...announcedRooms(stack)])];
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
    ...(receiver ? [check('incoming webhook', { what: 'webhook', target, admin, name: receiver.ref.name })] : []),
  ];
};
