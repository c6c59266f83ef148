import type { ImageSpec } from '../../config/additions.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';

/** The newest MongoDB line each Rocket.Chat major is tested with by its makers. */
export const mongoImageFor = (chatVersion: string): string => {
  const major = Number.parseInt(chatVersion, 10);
  if (major >= 8) return 'mongo:8.0';
  return major === 7 ? 'mongo:7.0' : 'mongo:6.0';
};

/** Follows the compatibility rule in `rules/mongo-fits-rocketchat.ts`. */
export const mongoImage: ImageSpec = {
  reference: 'mongo:8.0',
  about: 'MongoDB',
  fitting: (config) => mongoImageFor(sectionOf(config, CHAT).version),
};
