import { z } from 'zod';
import type { Files } from '../../../contracts/files.ts';
import { HOOK_PLACES_FILE, type HookPlaces, type HookSource } from '../../../contracts/hook-places.ts';

const schema = z.array(
  z.union([
    z.object({ kind: z.literal('instance') }),
    z.object({ kind: z.enum(['project', 'group']), path: z.string() }),
  ]),
);

const parse = (text: string | undefined): readonly HookSource[] => {
  try {
    return text === undefined ? [] : schema.parse(JSON.parse(text));
  } catch {
    // Only a memory: without it a hook that nobody asks for any more stays until a user deletes it.
    return [];
  }
};

const isSame = (a: HookSource, b: HookSource): boolean => JSON.stringify(a) === JSON.stringify(b);

export const createHookPlaces = (files: Pick<Files, 'read' | 'write'>): HookPlaces => {
  const read = async (): Promise<readonly HookSource[]> => parse(await files.read(HOOK_PLACES_FILE));
  return {
    read,
    add: async (source) => {
      const known = await read();
      if (known.some((each) => isSame(each, source))) return;
      await files.write(HOOK_PLACES_FILE, `${JSON.stringify([...known, source], null, 2)}\n`);
    },
  };
};
