/**
 * Which addresses a hook may call (gl:gems/gitlab-http/lib/gitlab/http_v2/url_blocker.rb): http and https only; names
 * that do not resolve are refused while DNS-rebinding protection is on; private and loopback ones unless allowed.
 */
import { isIP } from 'node:net';
import type { ServerContext } from '../../standin.ts';
import type { Settings } from '../settings.ts';

export type AddressProblem =
  | 'Only allowed schemes are http, https'
  | 'Host cannot be resolved or invalid'
  | 'Requests to localhost are not allowed'
  | 'Requests to loopback addresses are not allowed'
  | 'Requests to the link local network are not allowed'
  | 'Requests to the local network are not allowed';

export interface AddressCheck {
  readonly url: string;
  readonly settings: Settings;
  /** A system hook has its own, wider setting. */
  readonly forSystemHook: boolean;
  readonly lookup: ServerContext['lookup'];
}

type AddressKind = 'public' | 'private' | 'loopback' | 'link-local' | 'localhost' | 'unresolved';

const parsed = (url: string): URL | undefined => {
  try {
    return new URL(url);
  } catch {
    return undefined;
  }
};

export const portOf = (url: URL): number =>
  url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);

/** Without the brackets of an IPv6 literal. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

const kindOfIp = (address: string): AddressKind => {
  const ip = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (/^127\.|^0\.|^::1$|^::$/.test(ip)) return 'loopback';
  if (/^169\.254\.|^fe[89ab]/.test(ip)) return 'link-local';
  if (/^10\.|^192\.168\.|^172\.(1[6-9]|2\d|3[01])\.|^f[cd]/.test(ip)) return 'private';
  return 'public';
};

/** Top-level names that no public resolver answers for (RFC 2606, RFC 6761, RFC 6762, ICANN's `internal`). */
const NEVER_PUBLIC = ['localhost', 'local', 'internal', 'invalid', 'test', 'lan', 'home'];

const kindOfName = (name: string, port: number, lookup: ServerContext['lookup']): AddressKind => {
  const lower = name.toLowerCase().replace(/\.$/, '');
  if (lower === 'localhost') return 'localhost';
  if (lookup(lower, port) !== undefined) return 'private';
  if (lower.endsWith('.localhost')) return 'loopback';
  const labels = lower.split('.');
  return labels.length > 1 && !NEVER_PUBLIC.includes(labels.at(-1) ?? '') ? 'public' : 'unresolved';
};

const inRange = (ip: string, entry: string): boolean => {
  const [base = '', bits] = entry.split('/');
  if (bits === undefined) return ip === base;
  const toNumber = (text: string) => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  if (isIP(ip) !== 4 || isIP(base) !== 4) return false;
  const size = 2 ** (32 - Number(bits));
  return Math.floor(toNumber(ip) / size) === Math.floor(toNumber(base) / size);
};

/** An entry is a host or an address, with a port or without, or a range. */
const isListed = (host: string, port: number, entries: readonly string[]): boolean =>
  entries.some((entry) => {
    const bare = entry.toLowerCase();
    return (
      bare === host ||
      bare === `${host}:${port}` ||
      bare === `[${host}]:${port}` ||
      (isIP(host) > 0 && inRange(host, bare))
    );
  });

const PROBLEMS: Readonly<Record<Exclude<AddressKind, 'public' | 'unresolved'>, AddressProblem>> = {
  private: 'Requests to the local network are not allowed',
  loopback: 'Requests to loopback addresses are not allowed',
  'link-local': 'Requests to the link local network are not allowed',
  localhost: 'Requests to localhost are not allowed',
};

/** Undefined: the address may be called. */
export const addressProblem = (check: AddressCheck): AddressProblem | undefined => {
  const url = parsed(check.url);
  if (url === undefined) return 'Host cannot be resolved or invalid';
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'Only allowed schemes are http, https';
  const { settings } = check;
  const host = hostOf(url).toLowerCase();
  if (isListed(host, portOf(url), settings.outbound_local_requests_whitelist)) return undefined;
  const kind = isIP(host) > 0 ? kindOfIp(host) : kindOfName(host, portOf(url), check.lookup);
  if (kind === 'unresolved')
    return settings.dns_rebinding_protection_enabled ? 'Host cannot be resolved or invalid' : undefined;
  const localAllowed = check.forSystemHook
    ? settings.allow_local_requests_from_system_hooks
    : settings.allow_local_requests_from_web_hooks_and_services;
  return kind === 'public' || localAllowed ? undefined : PROBLEMS[kind];
};
