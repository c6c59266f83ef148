/** Parts that are not ours, in a container: their modules come as texts with the stack's files. */
import * as zod from 'zod';
import { importCarried, type TextRuntime } from '../adapters/import-carried.ts';
import { parseCarried } from '../contracts/carried-modules.ts';
import type { Part } from '../contracts/part.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import * as kit from './part-kit.ts';

/** What parts find under these names is ours: it need not be carried along. */
export const BROUGHT = { 'chatops-up': () => kit, zod: () => zod } as const;

/** The part that a module exports. That it is one was asked where chatops.yaml was read. */
const partIn = (exports: Readonly<Record<string, unknown>>): Part => (exports.part ?? exports.default) as Part;

/**
 * @param text of `compose/parts.json`
 * @throws ChatopsError STATE_DAMAGED when it is none; and what a part throws
 */
export const carriedParts = async (text: string, runtime?: TextRuntime): Promise<readonly Part[]> => {
  const carried = parseCarried(text);
  if (carried === undefined) {
    throw new ChatopsError('STATE_DAMAGED', {
      what: 'the parts of the stack cannot be read',
      why: 'their file is not as `chatops-up render` writes it',
      next: 'run `chatops-up render`',
    });
  }
  return (await importCarried(carried, BROUGHT, runtime)).map(partIn);
};
