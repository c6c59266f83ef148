import { compareVersions, imageVersion, versionOf } from '../image-reference.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** Requests, settings and health paths are chosen by `chat.version`, so it must be what the image holds. */
export const rocketchatImageFitsVersion: Rule = {
  name: 'rocketchat-image-fits-version',
  reads: ['chat.version', 'chat.url', 'images.rocketchat'],
  check: ({ config: { chat, images } }) => {
    const image = imageVersion(images.rocketchat);
    const wanted = versionOf(chat.version);
    if (chat.url !== undefined || image === undefined || wanted === undefined) return [];
    if (compareVersions(image, wanted) === 0) return [];
    return [
      {
        path: ['images', 'rocketchat'],
        message: `${show(images.rocketchat)} is not Rocket.Chat ${chat.version}, which chat.version names`,
        fix: `set \`chat.version: "${image.major}.${image.minor}"\`, or remove one of the two`,
      },
    ];
  },
};
