import { compareVersions, imageVersion, versionOf } from '../../../config/image-reference.ts';
import { imageNamed } from '../../../config/named.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';

/** Requests, settings and health paths are chosen by `chat.version`, so it must be what the image holds. */
export const rocketchatImageFitsVersion: Rule = {
  name: 'rocketchat-image-fits-version',
  reads: ['chat.version', 'chat.url', 'images.rocketchat'],
  check: ({ config }) => {
    const chat = sectionOf(config, CHAT);
    const reference = imageNamed(config, 'rocketchat');
    const image = imageVersion(reference);
    const wanted = chat.version === undefined ? undefined : versionOf(chat.version);
    if (chat.url !== undefined || image === undefined || wanted === undefined) return [];
    if (compareVersions(image, wanted) === 0) return [];
    return [
      {
        path: ['images', 'rocketchat'],
        message: `${show(reference)} is not Rocket.Chat ${chat.version}, which chat.version names`,
        fix: `set \`chat.version: "${image.major}.${image.minor}"\`, or remove one of the two`,
      },
    ];
  },
};
