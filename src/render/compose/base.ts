/** `compose.base.yaml`, read: what a person may tune without touching the renderer. */
import { parse } from 'yaml';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ServiceRole } from '../../stack/stack.ts';
import type { Plain } from './text.ts';

export type Settings = { readonly [key: string]: Plain };

export interface ComposeBase {
  readonly every: Settings;
  readonly service: Settings;
  readonly job: Settings;
  readonly roles: Readonly<Record<ServiceRole, Settings>>;
  readonly healthcheck: {
    readonly every: Settings;
    readonly roles: Readonly<Partial<Record<ServiceRole, Settings>>>;
    /** Instead of `start_interval`, where the engine does not know it. */
    readonly older: Settings;
  };
}

const PARTS = ['every', 'service', 'job', 'roles', 'healthcheck'];

/** @throws ChatopsError INTERNAL when the piece lacks a part: it ships with the program */
export const composeBase = (piece: string): ComposeBase => {
  const read: unknown = parse(piece);
  const lacks = PARTS.filter((part) => typeof read !== 'object' || read === null || !(part in read));
  if (lacks.length > 0) throw new ChatopsError('INTERNAL', { what: `compose.base.yaml lacks ${lacks.join(', ')}` });
  return read as ComposeBase;
};
