/** Certificates of an authority of our own, made by openssl. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** For openssl: a key that is made in no time, where one of RSA takes a second on a busy machine. */
export const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'] as const;

export interface Certified {
  /** Default: for every name of `chatops.localhost`. */
  readonly names?: string;
  /** Of the certificate; ended when it is negative. Default 2. */
  readonly days?: number;
}

/** `ca.pem`, and `door.pem` with `door.key` signed by it, in the folder `certs` of `dir`. */
export const certify = (dir: string, { names = 'DNS:*.chatops.localhost', days = 2 }: Certified = {}): void => {
  const certs = join(dir, 'certs');
  mkdirSync(certs);
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: certs, stdio: 'ignore' });
  const key = (name: string) => [...NEW_KEY, '-keyout', `${name}.key`];
  openssl('req', '-x509', ...key('ca'), '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test Authority');
  openssl('req', ...key('door'), '-out', 'door.csr', '-subj', '/CN=chatops.localhost');
  writeFileSync(join(certs, 'names'), `subjectAltName=${names}`);
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', String(days)];
  openssl('x509', '-req', '-in', 'door.csr', ...signed, '-out', 'door.pem');
};
