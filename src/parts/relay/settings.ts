/** What the relay of a stack is given: which rooms are announced in, what each wants to hear, and where the chat is. */
import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { NOTIFIER } from '../../contracts/sections/notifier.ts';
import { filtersOf, hooksOf, linkedHosts } from '../../stack/announced-rooms.ts';
import type { ChatOffer, ForgeOffer } from '../../stack/stack.ts';

const chatInside = ({ target }: ChatOffer): string =>
  target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;

/** The default chat knows no teams. */
const whereTo = (config: Config, { speaks }: ChatOffer): Readonly<Record<string, string | undefined>> =>
  speaks === undefined ? { to: 'rocketchat' } : { to: speaks, as: 'account', team: sectionOf(config, CHAT).team };

export const relaySettings = (config: Config, chat: ChatOffer, forge: ForgeOffer): string => {
  const { locale } = sectionOf(config, CHAT);
  const { announce } = sectionOf(config, FORGE);
  const { people, wording } = sectionOf(config, NOTIFIER);
  const filters = filtersOf(announce);
  return JSON.stringify({
    ...whereTo(config, chat),
    url: chatInside(chat),
    username: chat.bot.username,
    hooks: hooksOf(config),
    channels: Object.fromEntries(announce.map(({ room }) => [room, room])),
    notifier: {
      locale,
      links: linkedHosts(config, forge),
      ...(Object.keys(people).length === 0 ? {} : { people }),
      ...(Object.keys(wording).length === 0 ? {} : { wording: { [locale]: wording } }),
    },
    ...(filters.length === 0 ? {} : { filters }),
  });
};
