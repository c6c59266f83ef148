import type { Finding } from '../../../config/finding.ts';
import type { Path } from '../../../config/path.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf, writtenIn } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { chatSection } from '../sections/chat.ts';

const TITLES: Readonly<Record<string, string>> = { rocketchat: 'Rocket.Chat', mattermost: 'Mattermost' };

/** Key → the only kind of chat that knows it. */
const OF_CHAT = {
  version: 'rocketchat',
  licensed: 'rocketchat',
  registration: 'rocketchat',
  callsPerMinute: 'rocketchat',
  secondFactor: 'rocketchat',
  team: 'mattermost',
  hooks: 'mattermost',
} as const;
const OF_ROOM = { readOnly: 'rocketchat', header: 'mattermost', purpose: 'mattermost' } as const;

/** `false` and an empty list are what a kind without the key does anyway. */
const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

const foreign = (
  values: Readonly<Record<string, unknown>>,
  kinds: Readonly<Record<string, string>>,
  kind: string,
  at: Path,
): readonly Finding[] =>
  Object.entries(kinds)
    .filter(([key, of]) => of !== kind && isSaid(values[key]))
    .map(([key, of]) => ({
      path: [...at, key],
      message: `${TITLES[kind] ?? kind} has no \`${key}\`, ${TITLES[of] ?? of} has`,
      fix: key === 'version' ? 'take it out, and name the image under `images:` instead' : 'take it out',
    }));

/** A key that one kind of chat does not know would be passed over without a word. */
export const kindsKnowTheirKeys: Rule = {
  name: 'kinds-know-their-keys',
  reads: [...Object.keys(OF_CHAT).map((key) => `chat.${key}`), 'chat.kind', 'chat.rooms', 'chat.receiver'],
  check: ({ config, written }) => {
    const { kind, receiver } = sectionOf(config, CHAT);
    const chat = writtenIn(written, chatSection) ?? {};
    const rooms = (chat.rooms ?? []).flatMap((room, index) =>
      typeof room === 'string' ? [] : foreign(room, OF_ROOM, kind, ['chat', 'rooms', index]),
    );
    const takesNone: Finding = {
      path: ['chat', 'receiver'],
      message: 'Mattermost makes no messages of deliveries by itself: a relay does',
      fix: 'write `receiver: relay`, or take it out',
    };
    return [
      ...foreign(chat, OF_CHAT, kind, ['chat']),
      ...rooms,
      ...(kind === 'mattermost' && receiver === 'webhook' ? [takesNone] : []),
    ];
  },
};
