import type { Part } from '../contracts/part.ts';
import type { PlayedForge } from '../contracts/played-forge.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

/** Of these parts; of two forges the later one, as with what parts offer. @throws ChatopsError INTERNAL */
export const loadPlayedForge = async (parts: readonly Part[]): Promise<PlayedForge> => {
  const load = parts.findLast(({ playedForge }) => playedForge !== undefined)?.playedForge;
  if (load === undefined)
    throw new ChatopsError('INTERNAL', { what: 'none of the parts is a forge that can be played' });
  return load();
};
