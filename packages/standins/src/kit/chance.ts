/** The one place of the stand-ins that draws: ids, salts, tokens and the moments that servers leave to chance. */
export { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** 0 to 1, without 1. */
export const randomShare = (): number => Math.random();
