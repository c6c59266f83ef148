/** One GitLab, one token: gives the client library's resources a transport, and the parts of our client what they share. */
import { z } from 'zod';
import type { Clock } from '../../../contracts/clock.ts';
import type { Http, HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { GitLabAccess } from '../gitlab.ts';
import { createOnce } from './create-once.ts';
import { type PageQuery, readAllPages } from './pages.ts';
import { answerBehind, createTransport, type RequesterFn } from './transport.ts';

export interface LibraryOptions {
  readonly host: string;
  readonly requesterFn: RequesterFn;
  /** The library's own time limit is for the whole call and kills it silently; the transport has one for each request. */
  readonly queryTimeout: null;
  readonly token: string | (() => Promise<string>);
}

export interface Session {
  readonly url: string;
  readonly http: Http;
  /** What a resource of the library is made with, for one call. */
  options(signal: AbortSignal): LibraryOptions;
  /** The same without a token. */
  anonymous(signal: AbortSignal): Omit<LibraryOptions, 'token'>;
  /** @throws ChatopsError UNEXPECTED_ANSWER naming the fields */
  parse<T>(schema: z.ZodType<T>, reply: unknown, what: string): T;
  all<T>(schema: z.ZodType<T>, what: string, read: (query: PageQuery) => Promise<unknown>): Promise<readonly T[]>;
  /** Since a moment that GitLab names, ms, by the time of its latest answer; undefined when it says neither. */
  since(moment: string | undefined): number | undefined;
  once<T>(signal: AbortSignal, post: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T>;
}

export const createSession = (http: Http, clock: Clock, access: GitLabAccess): Session => {
  const patient = access.patient ?? true;
  const url = access.url.replace(/\/+$/, '');
  const parse = <T>(schema: z.ZodType<T>, reply: unknown, what: string): T => {
    const parsed = schema.safeParse(reply);
    if (parsed.success) return parsed.data;
    throw new ChatopsError('UNEXPECTED_ANSWER', {
      what: `GitLab ${new URL(url).host} gives ${what} in a form we do not know`,
      why: parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the answer'}: ${issue.message}`).join('; '),
    });
  };
  /** By GitLab's clock, ms since 1970. */
  let answeredAt = Number.NaN;
  const heard = ({ headers }: HttpResponse): void => {
    answeredAt = Date.parse(headers.date ?? '');
  };
  const anonymous = (signal: AbortSignal): Omit<LibraryOptions, 'token'> => ({
    host: url,
    queryTimeout: null,
    requesterFn: createTransport({ http, clock, patient, signal, heard }),
  });
  return {
    url,
    http,
    anonymous,
    options: (signal) => ({ ...anonymous(signal), token: async () => access.token?.reveal() ?? '' }),
    parse,
    all: async (schema, what, read) => {
      try {
        return (await readAllPages(read)).map((each) => parse(schema, each, what));
      } catch (thrown) {
        if (thrown instanceof z.ZodError) return parse(z.never(), undefined, `a list of ${what}`);
        throw thrown;
      }
    },
    since: (moment) => {
      const passed = answeredAt - Date.parse(moment ?? '');
      // `Date` is cut to whole seconds (RFC 9110 section 5.6.7); what is still to come was written by another clock.
      return passed > -1_000 ? Math.max(0, passed) : undefined;
    },
    once: (signal, post, look) => createOnce({ post, look, clock, patient, signal }),
  };
};

/** `undefined` instead of the error when GitLab answered with this status. */
export const unlessStatus = async <T>(status: number, ask: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await ask();
  } catch (thrown) {
    if (answerBehind(thrown)?.status === status) return undefined;
    throw thrown;
  }
};
