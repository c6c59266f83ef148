/** The PEM files that chatops.yaml names: whether they are there and are what they must be. They are read elsewhere. */
import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { Finding } from '../config/finding.ts';
import type { Path } from '../config/path.ts';

export interface NamedFile {
  /** In chatops.yaml. */
  readonly path: Path;
  /** As it stands there: relative to the stack directory, or absolute. */
  readonly file: string;
}

export interface ReadFile extends NamedFile {
  /** Undefined when it could not be read. */
  readonly text: string | undefined;
  /** The operating system's word for why it could not: `ENOENT`. */
  readonly why?: string;
}

const CERTIFICATE: Path = ['tls', 'certificate'];
const KEY: Path = ['tls', 'key'];
const AUTHORITY: Path = ['authority'];
const BEGINS = 'name the file that begins with -----BEGIN CERTIFICATE-----';

export const namedFiles = ({ tls, authority }: Config): readonly NamedFile[] => [
  ...(tls
    ? [
        { path: CERTIFICATE, file: tls.certificate },
        { path: KEY, file: tls.key },
      ]
    : []),
  ...(authority === undefined ? [] : [{ path: AUTHORITY, file: authority }]),
];

const unread = ({ path, file, why }: ReadFile): Finding => ({
  path,
  message: why === 'ENOENT' ? `there is no file ${file}` : `${file} cannot be read (${why ?? 'unknown'})`,
  fix: 'put the PEM file there (from the stack directory), or name the right one',
});

const certificateOf = (text: string): X509Certificate | undefined => {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
};

const keyOf = (text: string): KeyObject | undefined => {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
};

const notA = ({ path, file }: ReadFile, what: string, fix: string): Finding => ({
  path,
  message: `${file} holds no ${what} in PEM form`,
  fix,
});

/** The front door reads the key when it starts, and cannot ask for a passphrase. */
const badKey = (key: ReadFile): Finding =>
  key.text?.includes('ENCRYPTED')
    ? {
        path: key.path,
        message: `${key.file} is encrypted, and the front door cannot ask for its passphrase when it starts`,
        fix: `write it without one: openssl pkey -in ${key.file} -out plain.key`,
      }
    : notA(key, 'private key', 'name the file that begins with -----BEGIN PRIVATE KEY-----');

const day = (date: Date): string => date.toISOString().slice(0, 10);

/** Accepted with a warning: the stack comes up, and browsers would complain. */
const doubts = (certificate: X509Certificate, hosts: readonly string[], now: Date): readonly string[] => {
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  const others = hosts.filter((name) => certificate.checkHost(name) === undefined);
  return [
    ...(to < now ? [`it expired on ${day(to)}`] : []),
    ...(from > now ? [`it begins only on ${day(from)}`] : []),
    ...(others.length > 0 ? [`it is not for ${others.join(', ')}`] : []),
  ];
};

const judgeFrontDoor = (
  files: readonly [ReadFile, ReadFile],
  hosts: readonly string[],
  now: Date,
): readonly Finding[] => {
  const [certificateFile, keyFile] = files;
  const certificate = certificateOf(certificateFile.text ?? '');
  const key = keyOf(keyFile.text ?? '');
  const wrong = [
    ...(certificate === undefined ? [notA(certificateFile, 'certificate', BEGINS)] : []),
    ...(key === undefined ? [badKey(keyFile)] : []),
  ];
  if (certificate === undefined || key === undefined) return wrong;
  if (!certificate.checkPrivateKey(key)) {
    const message = `the key does not belong to the first certificate of ${certificateFile.file}`;
    return [{ path: KEY, message, fix: "name its own key; in a chain the server's own certificate stands first" }];
  }
  const warnings = doubts(certificate, hosts, now).map((each) => `the certificate may not be trusted: ${each}`);
  return warnings.map((message) => ({ path: CERTIFICATE, message, warning: true }));
};

/** @param files as `namedFiles` names them, read. @param hosts names that the certificate must be for. Pure. */
export const judgeNamedFiles = (
  files: readonly ReadFile[],
  hosts: readonly string[],
  now: Date,
): readonly Finding[] => {
  const there = files.filter(({ text }) => text !== undefined);
  const [certificate, key] = there.filter(({ path }) => path[0] === 'tls');
  const authority = there.find(({ path }) => path === AUTHORITY);
  const isAuthority = certificateOf(authority?.text ?? '') !== undefined;
  return [
    ...files.filter(({ text }) => text === undefined).map(unread),
    ...(certificate && key ? judgeFrontDoor([certificate, key], hosts, now) : []),
    ...(authority && !isAuthority ? [notA(authority, 'certificate', BEGINS)] : []),
  ];
};
