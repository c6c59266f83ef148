import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { isWanted } from '../target.ts';

/** Every team has it, open to all its members; it may be named here, not closed. */
export const ownChannelIsOpen: Rule = {
  name: 'own-channel-is-open',
  reads: ['chat.kind', 'chat.rooms.name', 'chat.rooms.kind'],
  check: ({ config }) => {
    const { rooms, ownRoom } = sectionOf(config, CHAT);
    if (!isWanted(config)) return [];
    return rooms.flatMap(({ name, kind }, index) =>
      name === ownRoom && kind === 'private'
        ? [
            {
              path: ['chat', 'rooms', index, 'kind'],
              message: `${show(name)} is Mattermost's own channel and always open`,
              fix: 'remove `kind: private`, or choose another name',
            },
          ]
        : [],
    );
  },
};
