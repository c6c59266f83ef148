import type { Finding } from '../../../config/finding.ts';
import type { Path } from '../../../config/path.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import type { ChatKind } from '../../../contracts/chat-kind.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { listed } from '../../../values/listed.ts';
import { writtenChat } from '../sections/chat.ts';

const OF_ROOM = 'rooms.';

/** All that a kind knows beside what every chat does, as patterns below `chat`. */
const keysOf = ({ knows, settings }: ChatKind): readonly string[] => [...knows, ...Object.keys(settings?.shape ?? {})];

/** `false` and an empty list are what a kind without the key does anyway. */
const isSaid = (value: unknown): boolean =>
  value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** A key that one kind of chat does not know would be passed over without a word. */
export const kindsKnowTheirKeys = (kinds: readonly ChatKind[]): Rule => {
  const all = [...new Set(kinds.flatMap(keysOf))];
  const ofChat = all.filter((key) => !key.startsWith(OF_ROOM));
  const ofRoom = all.filter((key) => key.startsWith(OF_ROOM));

  const foreign = (values: Readonly<Record<string, unknown>>, keys: readonly string[], title: string, at: Path) =>
    keys.flatMap((pattern): readonly Finding[] => {
      const key = pattern.replace(OF_ROOM, '');
      if (!isSaid(values[key])) return [];
      const knowing = kinds.filter((kind) => keysOf(kind).includes(pattern)).map((kind) => kind.title);
      return [
        {
          path: [...at, key],
          message: `${title} has no \`${key}\`, ${listed(knowing)} ${knowing.length > 1 ? 'have' : 'has'}`,
          fix: key === 'version' ? 'take it out, and name the image under `images:` instead' : 'take it out',
        },
      ];
    });

  return {
    name: 'kinds-know-their-keys',
    reads: [...ofChat.map((key) => `chat.${key}`), 'chat.kind', 'chat.rooms', 'chat.receiver'],
    check: ({ config, written }) => {
      const { kind, title, receiver, takesDeliveries } = sectionOf(config, CHAT);
      const known = kinds.filter((each) => each.kind === kind).flatMap(keysOf);
      const unknown = (keys: readonly string[]) => keys.filter((key) => !known.includes(key));
      const chat = writtenChat(written);
      const rooms = (chat.rooms ?? []).flatMap((room, index) =>
        typeof room === 'string' ? [] : foreign(room, unknown(ofRoom), title, ['chat', 'rooms', index]),
      );
      const takesNone: Finding = {
        path: ['chat', 'receiver'],
        message: `${title} makes no messages of deliveries by itself: a relay does`,
        fix: 'write `receiver: relay`, or take it out',
      };
      return [
        ...foreign(chat, unknown(ofChat), title, ['chat']),
        ...rooms,
        ...(!takesDeliveries && receiver === 'webhook' ? [takesNone] : []),
      ];
    },
  };
};
