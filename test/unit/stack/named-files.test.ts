import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeNamedFiles, namedFiles } from '../../../src/stack/named-files.ts';
import { aConfig } from '../../builders/config.ts';
import { have, leftOut } from '../../helpers/available.ts';
import { certify } from '../../helpers/certificates.ts';

const config = aConfig({ tls: { certificate: 'door.pem', key: 'door.key' }, authority: 'ca.pem' });

const HOSTS = ['chat', 'git', 'www', 'hom'].map((label) => `${label}.${config.domain}`);

const canCertify = have('openssl', ['version']);
if (!canCertify) leftOut('files that chatops.yaml names', 'no openssl');

it('are none where chatops.yaml names none', () => {
  expect(namedFiles(aConfig())).toEqual([]);
});

describe.runIf(canCertify)('files that chatops.yaml names', () => {
  let dir: string;
  let good: Record<string, string>;

  /** What is said of them: `tls.key: …`, warnings with `warning` before it. */
  const said = (changed: Readonly<Record<string, string | undefined>> = {}, now = new Date()): readonly string[] => {
    const texts = { ...good, ...changed };
    const files = namedFiles(config).map((named) => ({ ...named, text: texts[named.file], why: 'EACCES' }));
    return judgeNamedFiles(files, HOSTS, now).map(
      ({ path, message, warning }) => `${warning ? 'warning ' : ''}${path.join('.')}: ${message}`,
    );
  };

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'named-files-'));
    certify(dir);
    const certs = join(dir, 'certs');
    execFileSync('openssl', ['pkey', '-in', 'door.key', '-aes256', '-passout', 'pass:word', '-out', 'locked.key'], {
      cwd: certs,
    });
    const names = ['door.pem', 'door.key', 'ca.pem', 'ca.key', 'locked.key'];
    good = Object.fromEntries(names.map((name) => [name, readFileSync(join(certs, name), 'utf8')]));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  it('are good when the key belongs to a certificate for every virtual host', () => {
    expect(said()).toEqual([]);
  });

  it('may hold a chain, the own certificate first', () => {
    expect(said({ 'door.pem': `${good['door.pem']}${good['ca.pem']}` })).toEqual([]);
    expect(said({ 'door.pem': `${good['ca.pem']}${good['door.pem']}` })).toEqual([
      'tls.key: the key does not belong to the first certificate of door.pem',
    ]);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['cannot be read', { 'door.pem': undefined }, 'tls.certificate: door.pem cannot be read (EACCES)'],
    ['is no certificate', { 'door.pem': 'hello' }, 'tls.certificate: door.pem holds no certificate in PEM form'],
    ['is empty', { 'ca.pem': '' }, 'authority: ca.pem holds no certificate in PEM form'],
    ['is no key', { 'door.key': 'hello' }, 'tls.key: door.key holds no private key in PEM form'],
  ])('are refused when one %s', (_, changed, message) => {
    expect(said(changed)).toEqual([message]);
  });

  it('are refused with an encrypted key, as the front door would wait for a passphrase', () => {
    expect(said({ 'door.key': good['locked.key'] })).toEqual([
      'tls.key: door.key is encrypted, and the front door cannot ask for its passphrase when it starts',
    ]);
  });

  it('are reported all at once', () => {
    expect(said({ 'door.pem': 'hello', 'door.key': 'hello', 'ca.pem': undefined })).toHaveLength(3);
  });

  it('are doubtful before and after the time of the certificate', () => {
    const day = 86_400_000;
    const at = (days: number): readonly string[] => said({}, new Date(Date.now() + days * day));
    expect(at(9)[0]).toMatch(/^warning tls\.certificate: the certificate may not be trusted: it expired on \d{4}-/);
    expect(at(-9)[0]).toMatch(/^warning tls\.certificate: .*: it begins only on \d{4}-\d\d-\d\d$/);
  });
});
