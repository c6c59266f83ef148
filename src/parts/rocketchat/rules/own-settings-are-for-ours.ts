import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

const KEYS = ['registration', 'callsPerMinute', 'secondFactor'] as const;

/** The settings of a server that exists already are its owner's: ours would never reach it. */
export const ownSettingsAreForOurs: Rule = {
  name: 'own-settings-are-for-ours',
  reads: ['chat.url', 'chat.registration', 'chat.callsPerMinute', 'chat.secondFactor'],
  check: ({ config, written }) => {
    if (sectionOf(config, CHAT).url === undefined) return [];
    const chat = written.chat as Readonly<Record<string, unknown>>;
    return KEYS.filter((key) => chat[key] !== undefined).map((key) => ({
      path: ['chat', key],
      message: 'the settings of an existing server are its owner’s',
      fix: `take \`${key}\` out, and set it in the server's own administration`,
    }));
  },
};
