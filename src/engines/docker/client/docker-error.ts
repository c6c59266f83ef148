/** What the Engine API refuses, in our own words. */
import { ChatopsError } from '../../../errors/chatops-error.ts';

interface DockerError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly json?: { readonly message?: string };
  readonly message?: string;
}

const NO_ENGINE = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EACCES', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENOTFOUND'];

const explain = (what: string, thrown: unknown): ChatopsError => {
  if (thrown instanceof ChatopsError) return thrown;
  const { code, json, message } = thrown as DockerError;
  const why = json?.message ?? message ?? String(thrown);
  if (code !== undefined && NO_ENGINE.includes(code)) {
    return new ChatopsError('ENGINE_UNAVAILABLE', {
      what: 'the Docker Engine does not answer',
      why: code,
      cause: thrown,
    });
  }
  const port = /(?:bind for|listen tcp\w*) \S*:(\d+)\S*.*(?:already allocated|address already in use)/is.exec(why)?.[1];
  if (port !== undefined) {
    return new ChatopsError('PORT_TAKEN', {
      what: `${what}: port ${port} is taken`,
      why,
      next: `end the program that listens there (\`ss -ltnp 'sport = :${port}'\`), or set another port under \`ports:\``,
      cause: thrown,
    });
  }
  return new ChatopsError('SERVICE_FAILED', { what, why, cause: thrown });
};

/** @param what the failure, should there be one @throws ChatopsError ENGINE_UNAVAILABLE, PORT_TAKEN, SERVICE_FAILED */
export const attempt = async <T>(what: string, task: () => Promise<T>): Promise<T> => {
  try {
    return await task();
  } catch (thrown) {
    throw explain(what, thrown);
  }
};

export const isStatus = (thrown: unknown, status: number): boolean => (thrown as DockerError).statusCode === status;

/** What the task returns; undefined where the Engine answers with this status. Any other failure is thrown on. */
export const unless = async <T>(status: number, task: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await task();
  } catch (thrown) {
    if (isStatus(thrown, status)) return undefined;
    throw thrown;
  }
};
