import type { Finding } from '../../../config/finding.ts';
import { compareVersions, imageVersion, type Version, versionOf } from '../../../config/image-reference.ts';
import { imageNamed } from '../../../config/named.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT, type ChatConfig } from '../../../contracts/sections/chat.ts';

interface Line {
  /** From this Rocket.Chat on. */
  readonly from: Version;
  readonly lowest: Version;
  /** Absent: no upper limit is known. */
  readonly highest?: Version;
  /** Below this it works, with a warning of Rocket.Chat's own. */
  readonly wanted?: Version;
}

const version = (major: number, minor: number): Version => ({ major, minor });

/**
 * Newest first. Sources: releases.rocket.chat/<version>/info (6.5 to 6.8), the changelog of Rocket.Chat for
 * 7.0 (#32162) and 8.0 (#35961), its server/startup/serverRunning.ts at 8.6.1 for 8.2 and what it says of 9.0.
 */
const LINES: readonly Line[] = [
  { from: version(9, 0), lowest: version(8, 0) },
  { from: version(8, 2), lowest: version(7, 0), wanted: version(8, 0) },
  { from: version(8, 0), lowest: version(7, 0) },
  { from: version(7, 0), lowest: version(5, 0), highest: version(7, 0) },
  { from: version(6, 5), lowest: version(4, 4), highest: version(6, 0) },
];

/** Rocket.Chat ends itself when its MongoDB is too old, after having answered for a moment. */
export const mongoFitsRocketChat: Rule = {
  name: 'mongo-fits-rocketchat',
  reads: ['chat.kind', 'chat.version', 'chat.url', 'images.mongo', 'images.rocketchat'],
  check: ({ config, written }) => {
    const chat = sectionOf(config, CHAT);
    const server = versionOf(chat.version);
    if (chat.url !== undefined || chat.stores !== 'documents' || server === undefined) return [];
    const line = LINES.find(({ from }) => compareVersions(server, from) >= 0);
    if (line === undefined) return [tooOld(chat)];
    const image = imageNamed(config, 'mongo');
    const mongo = imageVersion(image);
    const path = written.images?.mongo === undefined ? ['chat', 'version'] : ['images', 'mongo'];
    return mongo === undefined ? [] : compare(line, mongo, chat, image).map((said) => ({ path, ...said }));
  },
};

const tooOld = (chat: ChatConfig): Finding => ({
  path: ['chat', 'version'],
  message: `Rocket.Chat ${show(chat.version)} is older than 6.5, the oldest whose MongoDB versions are known here`,
  fix: 'choose 8.5',
});

const compare = (line: Line, mongo: Version, chat: ChatConfig, image: string): readonly Omit<Finding, 'path'>[] => {
  const range =
    line.highest === undefined ? `${text(line.lowest)} or later` : `${text(line.lowest)} to ${text(line.highest)}`;
  const tooLow = compareVersions(mongo, line.lowest) < 0;
  const tooHigh = line.highest !== undefined && compareVersions(mongo, line.highest) > 0;
  if (tooLow || tooHigh) {
    return [
      {
        message: `Rocket.Chat ${chat.version} works with MongoDB ${range}, not with ${show(image)}`,
        fix: `set \`images.mongo: mongo:${text(line.wanted ?? line.highest ?? version(8, 0))}\``,
      },
    ];
  }
  if (line.wanted === undefined || compareVersions(mongo, line.wanted) >= 0) return [];
  const message = `Rocket.Chat ${chat.version} warns below MongoDB ${text(line.wanted)}, and 9.0 will refuse it`;
  return [{ message, fix: `set \`images.mongo: mongo:${text(line.wanted)}\``, warning: true }];
};

const text = ({ major, minor }: Version): string => `${major}.${minor}`;
