import { ChatopsError } from '../errors/chatops-error.ts';
import type { Reporter } from './reporter.ts';

/** An error as JSON: the stable code and the three texts; never its cause. */
export const errorToJson = (error: ChatopsError): Record<string, unknown> => ({
  code: error.code,
  what: error.what,
  ...(error.why === undefined ? {} : { why: error.why }),
  next: error.next,
  exitStatus: error.exitStatus,
});

/** JSON text with errors in their JSON form; secrets print as `[secret]` by themselves. */
export const toJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_key, inner: unknown) => (inner instanceof ChatopsError ? errorToJson(inner) : inner), indent);

/** One JSON document per line while running: the events as they are. */
export const createJsonReporter = (write: (text: string) => void): Reporter => ({
  begin: (nodes) => write(`${toJson({ type: 'begin', nodes })}\n`),
  emit: (event) => write(`${toJson(event)}\n`),
  end: async () => undefined,
});

export const createQuietReporter = (): Reporter => ({
  begin: () => undefined,
  emit: () => undefined,
  end: async () => undefined,
});
