import { ChatopsError } from '../errors/chatops-error.ts';
import { bounded } from '../values/words/bounded.ts';
import { harmless } from '../values/words/harmless.ts';
import type { Outlet } from '../values/words/outlet.ts';
import type { Reporter } from './reporter.ts';

/** An error as JSON: the stable code and the three texts; never its cause. */
export const errorToJson = (error: ChatopsError): Record<string, unknown> => ({
  code: error.code,
  what: error.what,
  ...(error.why === undefined ? {} : { why: error.why }),
  next: error.next,
  exitStatus: error.exitStatus,
});

/** By our naming every number of milliseconds: `tookMs`, `answeredMs`. */
const isMilliseconds = (key: string, value: unknown): value is number => typeof value === 'number' && /Ms$/.test(key);

const plain = (key: string, value: unknown): unknown => {
  if (value instanceof ChatopsError) return errorToJson(value);
  // Who reads the document gets the texts themselves, without the escapes of JSON.
  if (typeof value === 'string') return bounded(harmless(value));
  // The clock counts fractions that nobody can measure again.
  return isMilliseconds(key, value) ? Math.round(value) : value;
};

/** JSON text with errors in their JSON form, whole milliseconds and harmless texts; secrets print as `[secret]` by themselves. */
export const toJson = (value: unknown, indent?: number): string => JSON.stringify(value, plain, indent);

/** One JSON document per line while running: the events as they are. */
export const createJsonReporter = (write: Outlet): Reporter => ({
  begin: (nodes) => write(`${toJson({ type: 'begin', nodes })}\n`),
  emit: (event) => write(`${toJson(event)}\n`),
  end: async () => undefined,
});

export const createQuietReporter = (): Reporter => ({
  begin: () => undefined,
  emit: () => undefined,
  end: async () => undefined,
});
