import type { ImageSpec } from '../../config/additions.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { DEFAULT_VERSION } from './kind.ts';

/**
 * Under `rocket.chat:8.5` a machine may hold 8.5.1, whose image brings a Deno that its apps cannot run on
 * (RocketChat/Docker.Official.Image 08e7edf, #290).
 */
const DEFAULT_RELEASE = '8.5.3';

/** The official image; of the default version the first release that has all that it needs, else the newest of its line. */
const officialImage = (version: string = DEFAULT_VERSION): string =>
  `rocket.chat:${version === DEFAULT_VERSION ? DEFAULT_RELEASE : version}`;

export const rocketchatImage: ImageSpec = {
  reference: officialImage(),
  about: 'Rocket.Chat; by default the official image of chat.version',
  fitting: (config) => officialImage(sectionOf(config, CHAT).version),
};
