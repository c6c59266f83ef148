import { versionOf } from '../../../config/image-reference.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

/** What it asks of its database, and which calls it answers, is known from this version on. */
export const chatVersionIsKnown: Rule = {
  name: 'chat-version-is-known',
  reads: ['chat.version', 'chat.url', 'images.mongo', 'images.rocketchat'],
  check: ({ config }) => {
    const { url, version, database } = sectionOf(config, CHAT);
    if (url !== undefined || version === undefined || versionOf(version) === undefined || database !== undefined)
      return [];
    return [
      {
        path: ['chat', 'version'],
        message: `Rocket.Chat ${show(version)} is older than 6.5, the oldest whose MongoDB versions are known here`,
        fix: 'choose 8.5',
      },
    ];
  },
};
