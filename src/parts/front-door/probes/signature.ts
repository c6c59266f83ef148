/** What an answer of a back end is known by, so that no other page is taken for it. */
import type { HttpResponse } from '../../../contracts/http.ts';
import type { Form } from '../../../contracts/probe-kind.ts';
import { misread } from '../../../contracts/probe-words.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';

export interface Signature {
  readonly path: string;
  /** What is missing, or undefined when the answer bears the signature. */
  lacks(response: HttpResponse): string | undefined;
}

const jsonOf = (response: HttpResponse): Readonly<Record<string, unknown>> => {
  try {
    const value: unknown = JSON.parse(response.body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

/** Header that the rendered configuration adds to our own static hosts. */
const staticHost = (name: string): Signature => ({
  path: '/',
  lacks: ({ headers }) => (headers['x-chatops-vhost'] === name ? undefined : `no header X-Chatops-Vhost: ${name}`),
});

const SIGNATURES: Readonly<Record<string, Signature>> = {
  rocketchat: {
    path: '/api/info',
    lacks: (response) => {
      const { version, success } = jsonOf(response);
      return response.status === 200 && typeof version === 'string' && success === true
        ? undefined
        : 'no JSON with version and success';
    },
  },
  gitlab: {
    path: '/api/v4/version',
    lacks: (response) => {
      const body = jsonOf(response);
      const refusal = response.status === 401 && body.message === '401 Unauthorized';
      return refusal || (response.status === 200 && typeof body.version === 'string')
        ? undefined
        : 'neither 401 Unauthorized nor a version as JSON';
    },
  },
  www: staticHost('www'),
  hom: staticHost('hom'),
};

const SIGNATURE_NAMES: readonly string[] = Object.keys(SIGNATURES);

/** A path, a status, a header's name (RFC 9110, 5.6.2; it begins with a letter here) and its value. */
const WRITTEN =
  /^(?<path>\/\S*)(?: (?<status>[1-5]\d\d))?(?: (?<header>[A-Za-z][!#$%&'*+.^_`|~\w-]*)(?:: (?<value>.+))?)?$/;

/**
 * A signature by name; or written out, for back ends that have none: `/health 200 x-wiki: pages` is a path that answers
 * with this status (default 200) and this header (default: whatever they are; without a value: whatever it says).
 * @returns undefined when it is neither
 */
export const readSignature = (text: string): Signature | undefined => {
  if (Object.hasOwn(SIGNATURES, text)) return SIGNATURES[text];
  const { path, status = '200', header, value } = WRITTEN.exec(text)?.groups ?? {};
  if (path === undefined) return undefined;
  return {
    path,
    lacks: (response) => {
      if (response.status !== Number(status)) return `not ${status}`;
      const said = header === undefined ? '' : response.headers[header.toLowerCase()];
      if (said === undefined) return `no header ${header}`;
      return value === undefined || said === value ? undefined : `no header ${header}: ${value}`;
    },
  };
};

/** @throws ChatopsError INTERNAL: a part gave its host no signature that can be read */
export const signatureOf = (text: string): Signature => {
  const found = readSignature(text);
  if (found) return found;
  throw new ChatopsError('INTERNAL', { what: `nothing is known by the signature ${JSON.stringify(text)}` });
};

/** How a host's back end is known. */
export const SIGNATURE: Form<string> = {
  shown: `${SIGNATURE_NAMES.join('|')}|'/PATH [STATUS] [HEADER[: VALUE]]'`,
  write: (value) => value,
  read: (given) => {
    if (readSignature(given) !== undefined) return given;
    throw misread(`${JSON.stringify(given)} is none of ${SIGNATURE_NAMES.join(', ')}, and no path that begins with /`);
  },
};
