/** CHATOPS_FAULTS: what the embedded engine's servers do wrong on purpose, for tests of what is built on them. */

import type { FaultRule } from '@chatops-up/standins';
import { faultRule } from '@chatops-up/standins/faults';
import { z } from 'zod';
import { ChatopsError } from '../errors/chatops-error.ts';

const faults = z.record(z.string(), z.array(faultRule));

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
