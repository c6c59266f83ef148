/** Fault rules as they are written in JSON, checked. */
import { z } from 'zod';

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
/** One rule; what is not in it is refused. */
export const faultRule = z.strictObject({
  match: z.string().refine(isPattern, 'not a regular expression'),
  times: z.int().min(1).optional(),
  skip: z.int().min(0).optional(),
  afterWork: z.boolean().optional(),
  effect,
});
