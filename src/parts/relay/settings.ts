/** What the relay of a stack is given: which rooms are announced in, what each wants to hear, and where the chat is. */
import type { Config } from '../../config/config.ts';
import { filtersOf } from '../../stack/announced-rooms.ts';
import { chatTarget } from '../../stack/targets.ts';

const chatInside = (config: Config): string => {
  const target = chatTarget(config);
  return target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;
};

export const relaySettings = (config: Config): string => {
  const { chat, gitlab, notifier } = config;
  const { people, wording } = notifier;
  const filters = filtersOf(gitlab.announce);
  return JSON.stringify({
    to: 'rocketchat',
    url: chatInside(config),
    username: chat.bot.username,
    channels: Object.fromEntries(gitlab.announce.map(({ room }) => [room, room])),
    notifier: {
      locale: chat.locale,
      ...(Object.keys(people).length === 0 ? {} : { people }),
      ...(Object.keys(wording).length === 0 ? {} : { wording: { [chat.locale]: wording } }),
    },
    ...(filters.length === 0 ? {} : { filters }),
  });
};
