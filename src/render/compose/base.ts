/** `compose.base.yaml`, read: what users may tune without touching the renderer. */
import { parse } from 'yaml';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { Plain } from './text.ts';

export type ComposeSettings = { readonly [key: string]: Plain };

export interface ComposeBase {
  readonly every: ComposeSettings;
  readonly service: ComposeSettings;
  readonly job: ComposeSettings;
  /** Pace of a HEALTHCHECK, where its service asks for no other. */
  readonly healthcheck: ComposeSettings;
  /** Pace where the engine does not know `start_interval`; absent where it does. */
  readonly older?: ComposeSettings;
}

const PARTS = ['every', 'service', 'job', 'healthcheck'];

interface Piece extends Omit<ComposeBase, 'healthcheck' | 'older'> {
  readonly healthcheck: { readonly every: ComposeSettings; readonly older: ComposeSettings };
}

/** @throws ChatopsError INTERNAL when the piece lacks a part: it ships with the program */
export const composeBase = (piece: string, { startInterval }: { readonly startInterval: boolean }): ComposeBase => {
  const read: unknown = parse(piece);
  const lacks = PARTS.filter((part) => typeof read !== 'object' || read === null || !(part in read));
  if (lacks.length > 0) throw new ChatopsError('INTERNAL', { what: `compose.base.yaml lacks ${lacks.join(', ')}` });
  const { healthcheck, ...base } = read as Piece;
  return { ...base, healthcheck: healthcheck.every, ...(startInterval ? {} : { older: healthcheck.older }) };
};
