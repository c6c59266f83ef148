import type { Rule } from '../../config/rules/rule.ts';
import { onlyRocketChat } from './only-rocketchat.ts';
import { chatVersionIsKnown } from './rules/chat-version-is-known.ts';
import { displayNamesCanBeKept } from './rules/display-names-can-be-kept.ts';
import { generalIsAChannel } from './rules/general-is-a-channel.ts';
import { licenceIsForOurs } from './rules/licence-is-for-ours.ts';
import { namesAreFree } from './rules/names-are-free.ts';
import { ownSettingsAreForOurs } from './rules/own-settings-are-for-ours.ts';
import { rocketchatImageFitsVersion } from './rules/rocketchat-image-fits-version.ts';

/** The section describes every chat; these hold of Rocket.Chat alone. */
export const rocketchatRules: readonly Rule[] = [
  chatVersionIsKnown,
  displayNamesCanBeKept,
  generalIsAChannel,
  licenceIsForOurs,
  namesAreFree,
  ownSettingsAreForOurs,
  rocketchatImageFitsVersion,
].map(onlyRocketChat);
