/** The text of the relay's memory → what it says, or what is wrong with it: a half-right memory would fail much later. */
import { z } from 'zod';
import { readJson } from '../../../values/shape.ts';
import { nothingYet, type RelayState } from './state.ts';

const piece = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['words', 'text', 'code']), text: z.string() }),
  z.strictObject({ kind: z.literal('link'), text: z.string(), url: z.string() }),
  z.strictObject({ kind: z.literal('person'), name: z.string(), chatName: z.exactOptional(z.string()) }),
]);
const line = z.array(piece);

const message = z.strictObject({
  line,
  tone: z.enum(['good', 'bad', 'warning', 'plain', 'news']),
  details: z.array(line),
  fields: z.array(z.strictObject({ title: z.string(), value: line })),
});

const run = z.strictObject({
  key: z.string(),
  progress: z.tuple([z.number(), z.number(), z.number()]),
  again: z.int().nonnegative(),
  messageId: z.exactOptional(z.string()),
});

const item = z.strictObject({
  id: z.string(),
  room: z.string(),
  message,
  run: z.exactOptional(z.string()),
  tried: z.boolean(),
});

const roomTokens = z.strictObject({ room: z.string(), tokens: z.array(z.string().regex(/^[0-9a-f]{32}$/)) });
const taken = z.strictObject({
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  hooks: z.exactOptional(z.array(roomTokens)),
  until: z.exactOptional(z.number()),
});

const relayState = z.strictObject({
  version: z.literal(1),
  instance: z.string().min(1),
  // A memory of 0.1 has none.
  secrets: z.array(taken).default([]),
  seen: z.array(z.string()),
  memory: z.record(z.string(), z.string()),
  runs: z.array(run),
  outbox: z.array(item),
}) satisfies z.ZodType<RelayState>;

export interface Damage {
  /** For a file's name. */
  readonly kind: 'not-json' | 'not-a-state';
  readonly why: string;
}

export interface ReadState {
  /** What begins where nothing can be read. */
  readonly state: RelayState;
  /** Undefined when all is well. */
  readonly damage?: Damage;
}

/** Of what is wrong, this many places are named. */
const NAMED = 3;

const damageOf = (issues: z.core.$ZodIssue[]): Damage => {
  const named = issues.slice(0, NAMED).map(({ path, message: why }) => `${path.join('.') || 'the whole'}: ${why}`);
  return { kind: 'not-a-state', why: named.join('; ') };
};

/** @param instance for a memory that begins */
export const readState = (text: string | undefined, instance: string): ReadState => {
  const begun = nothingYet(instance);
  if (text === undefined) return { state: begun };
  const written = readJson(text);
  if (written === undefined) return { state: begun, damage: { kind: 'not-json', why: 'it is not JSON' } };
  const parsed = relayState.safeParse(written);
  return parsed.success ? { state: parsed.data } : { state: begun, damage: damageOf(parsed.error.issues) };
};
