import { nearest } from '../../values/nearest.ts';
import { GENERAL_ROOM } from '../defaults.ts';
import type { Path } from '../path.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** Announcements and the bot need rooms that this file makes, or the one Rocket.Chat makes itself. */
export const roomsAreKnown: Rule = {
  name: 'rooms-are-known',
  reads: ['chat.rooms.name', 'chat.bot.rooms', 'gitlab.announce.room', 'notifier.routes.room'],
  check: ({ config: { chat, gitlab, notifier } }) => {
    const known = [...chat.rooms.map((room) => room.name), GENERAL_ROOM];
    const named: readonly { readonly room: string; readonly path: Path }[] = [
      ...chat.bot.rooms.map((room, index) => ({ room, path: ['chat', 'bot', 'rooms', index] })),
      ...gitlab.announce.map(({ room }, index) => ({ room, path: ['gitlab', 'announce', index, 'room'] })),
      ...notifier.routes.map(({ room }, index) => ({ room, path: ['notifier', 'routes', index, 'room'] })),
    ];
    return named
      .filter(({ room }) => !known.includes(room))
      .map(({ room, path }) => {
        const near = nearest(room, known);
        const fix = near === undefined ? `add ${show(room)} to chat.rooms` : `write ${show(near)}`;
        return { path, message: `no room is called ${show(room)}`, fix };
      });
  },
};
