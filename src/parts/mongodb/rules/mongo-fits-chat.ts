import type { Finding } from '../../../config/finding.ts';
import { compareVersions, imageVersion, type Version, versionOf } from '../../../config/image-reference.ts';
import { imageNamed } from '../../../config/named.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT, type DatabaseFit } from '../../../contracts/sections/chat.ts';

const isBelow = (one: Version, limit: string | undefined): boolean => compareTo(one, limit) < 0;
const isAbove = (one: Version, limit: string | undefined): boolean => compareTo(one, limit) > 0;

/** 0 where nothing is said. */
const compareTo = (one: Version, limit: string | undefined): number => {
  const version = limit === undefined ? undefined : versionOf(limit);
  return version === undefined ? 0 : compareVersions(one, version);
};

/** A chat ends itself when its MongoDB is too old, after having answered for a moment. */
export const mongoFitsChat: Rule = {
  name: 'mongo-fits-chat',
  reads: ['chat.kind', 'chat.version', 'chat.url', 'images.mongo', 'images.rocketchat'],
  check: ({ config, written }) => {
    const { url, stores, database, title, version } = sectionOf(config, CHAT);
    if (url !== undefined || stores !== 'documents' || database === undefined) return [];
    const image = imageNamed(config, 'mongo');
    const mongo = imageVersion(image);
    const path = written.images?.mongo === undefined ? ['chat', 'version'] : ['images', 'mongo'];
    return mongo === undefined
      ? []
      : compare(database, mongo, `${title} ${version}`, image).map((said) => ({ path, ...said }));
  },
};

const compare = (fit: DatabaseFit, mongo: Version, chat: string, image: string): readonly Omit<Finding, 'path'>[] => {
  const { lowest, highest, wanted } = fit;
  const choose = (version: string): string => `set \`images.mongo: mongo:${version}\``;
  if (isBelow(mongo, lowest) || isAbove(mongo, highest)) {
    const range = highest === undefined ? `${lowest} or later` : `${lowest} to ${highest}`;
    const message = `${chat} works with MongoDB ${range}, not with ${show(image)}`;
    return [{ message, fix: choose(fit.tested) }];
  }
  if (wanted === undefined || !isBelow(mongo, wanted.from)) return [];
  const message = `${chat} warns below MongoDB ${wanted.from}, and ${wanted.because}`;
  return [{ message, fix: choose(wanted.from), warning: true }];
};
