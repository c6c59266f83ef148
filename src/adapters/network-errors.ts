/** What Node says when a connection fails, in the words that stand in `why`. */
import { TimedOut } from '../contracts/http.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ENOTFOUND: 'DNS: no such host',
  EAI_AGAIN: 'DNS: no answer',
  EAI_FAIL: 'DNS: failed',
  ETIMEDOUT: 'timed out',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the network',
  EADDRNOTAVAIL: 'no local address left',
  EMFILE: 'too many open files',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate is self-signed',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate cannot be verified',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate cannot be verified',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
};

export const codeOf = (thrown: unknown): string | undefined => {
  if (!(thrown instanceof Error)) return undefined;
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  // Several addresses were tried, each failed.
  return thrown instanceof AggregateError ? codeOf(thrown.errors[0]) : undefined;
};

export const whyUnreachable = (thrown: unknown): string => {
  const code = codeOf(thrown);
  if (code === undefined) return 'the connection failed';
  return WORDS[code] === undefined ? code : `${WORDS[code]} (${code})`;
};

export const unreachable = (what: string, thrown: unknown): ChatopsError =>
  new ChatopsError('UNREACHABLE', { what, why: whyUnreachable(thrown), cause: thrown });

export const timedOut = (what: string, timeoutMs: number): ChatopsError => {
  const cause = new TimedOut(timeoutMs);
  return new ChatopsError('UNREACHABLE', { what, why: cause.message, cause });
};
