/** Who can log in at the public address, and what the bot may do there. */
import { ChatopsError } from '../../errors/chatops-error.ts';
import { announcedRooms, receiverOf } from '../../simulate/receiver.ts';
import { chatUrl } from '../../stack/public-urls.ts';
import type { HttpTarget, ProbeSpec } from '../../stack/stack.ts';
import { adminAccount, botAccount, chatTarget } from '../../stack/targets.ts';
import { type Check, passed } from '../check.ts';
import type { SmokeDeps } from '../deps.ts';

export const chatChecks = ({ stack, inside, ask, ports }: SmokeDeps): readonly Check[] => {
  const { config } = stack;
  const target: HttpTarget = { kind: 'url', url: chatUrl(config) };
  const admin = adminAccount(config);
  const bot = botAccount(config);
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
    { what: 'bot', target: chatTarget(config), account: bot, rooms: [] },
    `${bot.username} is connected`,
  );
  const webSocket: Check = {
    area: 'chat',
    name: 'WebSocket',
    run: async (signal) => {
      const status = await ports.http.upgrade({ url: `${chatUrl(config)}/websocket`, signal });
      if (status === 101) return passed('it opens');
      throw new ChatopsError('UNEXPECTED_ANSWER', {
        what: `${chatUrl(config)}/websocket does not become a WebSocket`,
        why: `HTTP ${status} instead of 101`,
        next: 'the front door must pass the headers Upgrade and Connection on to the chat',
      });
    },
  };
  const rooms = [...new Set([...config.chat.bot.rooms, ...announcedRooms(stack)])];
  const receiver = receiverOf(stack);
  return [
    check(`login of ${admin.username}`, { what: 'rocketchat-login', target, account: admin }),
    check(`login of ${bot.username}`, { what: 'rocketchat-login', target, account: bot }),
    inside ? botSession : webSocket,
    ...rooms.map((room) =>
      check(`${bot.username} in room ${room}`, { what: 'rocketchat-room', target, account: bot, room, may: 'post' }),
    ),
    ...(receiver ? [check('incoming webhook', { what: 'webhook', target, admin, name: receiver.webhook })] : []),
  ];
};
