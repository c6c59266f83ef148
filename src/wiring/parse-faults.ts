/** CHATOPS_FAULTS: what the embedded engine's servers do wrong on purpose, for tests of what is built on them. */
import { z } from 'zod';
import type { FaultRule } from '../../packages/standins/src/kit/faults.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

const isPattern = (text: string): boolean => {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
};

const status = z.int().min(100).max(599);
const effect = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('status'),
    status,
    body: z.string().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('html'), status }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('delay'), ms: z.number().min(0) }),
  z.strictObject({ kind: z.literal('code'), code: z.int(), codeName: z.string() }),
]);
const rule = z.strictObject({
  match: z.string().refine(isPattern, 'not a regular expression'),
  times: z.int().min(1).optional(),
  skip: z.int().min(0).optional(),
  afterWork: z.boolean().optional(),
  effect,
});
const faults = z.record(z.string(), z.array(rule));

const refused = (why: string, cause: unknown): ChatopsError =>
  new ChatopsError('USAGE', {
    what: 'CHATOPS_FAULTS was not understood',
    why,
    next: 'give it as {"gitlab":[{"match":"POST /api/v4/…","effect":{"kind":"reset"}}]}',
    cause,
  });

/** Service → faults it starts with. @throws ChatopsError USAGE */
export const parseFaults = (text: string | undefined): Readonly<Record<string, readonly FaultRule[]>> => {
  if (text === undefined || text === '') return {};
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw refused('it is not JSON', cause);
  }
  const read = faults.safeParse(data);
  if (read.success) return read.data as Readonly<Record<string, readonly FaultRule[]>>;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`);
  throw refused(problems.join('\n'), read.error);
};
