import type { ImageSpec } from '../../config/additions.ts';
import type { Rule } from '../../config/rules/rule.ts';
import { type Section, sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { onlyRocketChat } from './only-rocketchat.ts';
import { accountsAreUnique } from './rules/accounts-are-unique.ts';
import { botCanPost } from './rules/bot-can-post.ts';
import { displayNamesCanBeKept } from './rules/display-names-can-be-kept.ts';
import { emailsAreUnique } from './rules/emails-are-unique.ts';
import { generalIsAChannel } from './rules/general-is-a-channel.ts';
import { kindsKnowTheirKeys } from './rules/kinds-know-their-keys.ts';
import { licenceIsForOurs } from './rules/licence-is-for-ours.ts';
import { listsNameEachOnce } from './rules/lists-name-each-once.ts';
import { membersAreKnown } from './rules/members-are-known.ts';
import { namesAreFree } from './rules/names-are-free.ts';
import { ownSettingsAreForOurs } from './rules/own-settings-are-for-ours.ts';
import { peopleAreKnown } from './rules/people-are-known.ts';
import { relayTakesNoRoutes } from './rules/relay-takes-no-routes.ts';
import { rocketchatImageFitsVersion } from './rules/rocketchat-image-fits-version.ts';
import { roomsAreKnown } from './rules/rooms-are-known.ts';
import { roomsAreUnique } from './rules/rooms-are-unique.ts';
import { routesNameOnePlace } from './rules/routes-name-one-place.ts';
import { secretNamesDiffer } from './rules/secret-names-differ.ts';
import { wordingFillsKnownPlaces } from './rules/wording-fills-known-places.ts';
import { adminSection } from './sections/admin.ts';
import { chatSection } from './sections/chat.ts';
import { DEFAULT_CHAT_VERSION, DEFAULT_RELEASE } from './sections/defaults.ts';
import { notifierSection } from './sections/notifier.ts';

export const rocketchatSections: readonly Section[] = [adminSection, chatSection, notifierSection];

/** The official image; of the default version the first release that has all that it needs, else the newest of its line. */
const officialImage = (version: string): string =>
  `rocket.chat:${version === DEFAULT_CHAT_VERSION ? DEFAULT_RELEASE : version}`;

export const rocketchatImage: ImageSpec = {
  reference: officialImage(DEFAULT_CHAT_VERSION),
  about: 'Rocket.Chat; by default the official image of chat.version',
  fitting: (config) => officialImage(sectionOf(config, CHAT).version),
};

export const rocketchatRules: readonly Rule[] = [
  accountsAreUnique,
  botCanPost,
  onlyRocketChat(displayNamesCanBeKept),
  emailsAreUnique,
  onlyRocketChat(generalIsAChannel),
  kindsKnowTheirKeys,
  onlyRocketChat(licenceIsForOurs),
  listsNameEachOnce,
  membersAreKnown,
  onlyRocketChat(namesAreFree),
  onlyRocketChat(ownSettingsAreForOurs),
  peopleAreKnown,
  relayTakesNoRoutes,
  onlyRocketChat(rocketchatImageFitsVersion),
  roomsAreKnown,
  roomsAreUnique,
  routesNameOnePlace,
  secretNamesDiffer,
  wordingFillsKnownPlaces,
];
