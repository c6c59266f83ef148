/** Who can log in at the public address, and what the bot may do there. */
import { type Check, type CheckDeps, passed } from '../../../contracts/check.ts';
import { requireWebSocket } from '../../../contracts/require-web-socket.ts';
import { announcedRooms } from '../../../stack/offers.ts';
import type { HttpTarget, ProbeSpec } from '../../../stack/stack.ts';

export const chatChecks = ({ stack, inside, ask, ports }: CheckDeps): readonly Check[] => {
  const { chat } = stack.offers;
  if (chat?.speaks !== 'mattermost') return [];
  const { admin, bot, ownWay: url, speaks } = chat;
  const target: HttpTarget = { kind: 'url', url };
  const check = (name: string, spec: ProbeSpec, says?: string): Check => ({
    area: 'chat',
    name,
    run: async (signal) => {
      const detail = await ask(spec, name, 0, signal);
      return passed(says ?? detail);
    },
  });
  // As the bot's own container does; its channels are asked below.
  const botSession = check(
    `realtime session of ${bot.username}`,
    { what: 'bot', target: chat.target, account: bot, rooms: [], speaks },
    `${bot.username} is connected`,
  );
  const webSocket: Check = {
    area: 'chat',
    name: 'WebSocket',
    run: async (signal) => {
      await requireWebSocket(ports.http, `${url}${ports.chat(target, speaks).webSocketPath}`, signal);
      return passed('it opens');
    },
  };
  const channels = [...new Set([...chat.rooms, ...announcedRooms(stack)])];
  return [
    check(`login of ${admin.username}`, { what: 'mattermost-login', target, account: admin }),
    check(`login of ${bot.username}`, { what: 'mattermost-login', target, account: bot }),
    inside ? botSession : webSocket,
    ...channels.map((channel) =>
      check(`${bot.username} in channel ${channel}`, {
        what: 'mattermost-channel',
        target,
        account: bot,
        channel,
        may: 'post',
      }),
    ),
  ];
};
