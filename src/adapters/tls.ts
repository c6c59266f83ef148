/** The certificate of a TLS server, by node:tls. Looks at bad ones too: judging them is the caller's business. */
import { isIP } from 'node:net';
import { checkServerIdentity, connect, type PeerCertificate, type SecureContext, type TLSSocket } from 'node:tls';
import type { Certificate, Tls, TlsTarget } from '../contracts/tls.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { lookupWithLoopback } from './lookup.ts';
import { codeOf, unreachable } from './network-errors.ts';
import { settleSocket } from './settle-socket.ts';

const DEFAULT_TIMEOUT_MS = 5_000;

const first = (value: string | string[] | undefined): string => (Array.isArray(value) ? value[0] : value) ?? '';

const namesOf = ({ subjectaltname, subject }: PeerCertificate): readonly string[] => {
  const names = (subjectaltname ?? '')
    .split(', ')
    .flatMap((entry) => /^(?:DNS|IP Address):(.+)$/.exec(entry)?.[1] ?? []);
  return names.length > 0 ? names : [first(subject?.CN)].filter((name) => name !== '');
};

/** OpenSSL's word for why a chain is not trusted; a wrong name is told apart by `wrongName`. */
const distrustOf = (socket: TLSSocket): string | undefined => {
  if (socket.authorized) return undefined;
  const error: unknown = socket.authorizationError;
  const code = error instanceof Error ? (codeOf(error) ?? error.message) : String(error ?? 'unknown');
  return code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? undefined : code;
};

const read = (socket: TLSSocket, name: string): Certificate => {
  const shown = socket.getPeerCertificate();
  return {
    names: namesOf(shown),
    issuer: first(shown.issuer?.O) || first(shown.issuer?.CN) || 'nobody',
    validFrom: new Date(shown.valid_from),
    validTo: new Date(shown.valid_to),
    wrongName: checkServerIdentity(name, shown)?.message,
    distrusted: distrustOf(socket),
  };
};

const notTls = (what: string, thrown: unknown): ChatopsError =>
  codeOf(thrown)?.startsWith('ERR_SSL_')
    ? new ChatopsError('UNREACHABLE', { what, why: 'what answers there speaks no TLS', cause: thrown })
    : unreachable(what, thrown);

/** @param trusted what it trusts; default: what Node does */
export const createTls = (trusted: () => SecureContext | undefined = () => undefined): Tls => ({
  certificate: ({ host, port, name, timeoutMs = DEFAULT_TIMEOUT_MS, signal }: TlsTarget) => {
    // An address is no name to ask for (RFC 6066 section 3).
    const servername = isIP(name) === 0 ? { servername: name } : {};
    const secureContext = trusted();
    const open = () =>
      connect({
        host,
        port,
        ...servername,
        lookup: lookupWithLoopback,
        ...(secureContext ? { secureContext } : {}),
        rejectUnauthorized: false,
      });
    return settleSocket(open, 'secureConnect', {
      what: `no TLS connection to ${name} at ${host}:${port}`,
      timeoutMs,
      signal,
      refused: notTls,
      read: (socket) => read(socket, name),
    });
  },
});
