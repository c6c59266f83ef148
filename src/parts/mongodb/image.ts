import type { ImageSpec } from '../../config/additions.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';

/** Where nothing is said of another one. */
const NEWEST = '8.0';

/** The newest that the chat is tested with by its makers; see `rules/mongo-fits-chat.ts`. */
export const mongoImage: ImageSpec = {
  reference: `mongo:${NEWEST}`,
  about: 'MongoDB',
  fitting: (config) => `mongo:${sectionOf(config, CHAT).database?.tested ?? NEWEST}`,
};
