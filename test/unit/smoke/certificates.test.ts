import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer as createPlain } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { createTls } from '../../../src/adapters/tls.ts';
import type { Certificate } from '../../../src/contracts/tls.ts';
import { judgeCertificate } from '../../../src/parts/front-door/checks/certificates.ts';
import { have, leftOut } from '../../helpers/available.ts';

const NOW = new Date('2026-08-20T10:00:00Z');
const good: Certificate = {
  names: ['chat.example.org'],
  issuer: 'An Authority',
  validFrom: new Date('2026-08-01T00:00:00Z'),
  validTo: new Date('2026-11-01T00:00:00Z'),
  wrongName: undefined,
  distrusted: undefined,
};

describe('a certificate', () => {
  it('is good for its time, name and issuer, and says for how long', () => {
    expect(judgeCertificate(good, 'chat.example.org', NOW)).toBe(
      'good until 2026-11-01 (72 days), issued by An Authority',
    );
    const soon = { ...good, validTo: new Date('2026-08-25T00:00:00Z') };
    expect(judgeCertificate(soon, 'chat.example.org', NOW)).toMatch(/4 days.*renew it soon/);
  });

  it.each([
    ['expired', { validTo: NOW }, /has expired/],
    ['not good yet', { validFrom: new Date('2026-08-21T00:00:00Z') }, /not good yet/],
    [
      'for another name',
      { wrongName: 'Host: x. is not in the altnames' },
      /for another name.*it is for chat.example.org/,
    ],
    ['not trusted', { distrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, /does not trust.*SELF_SIGNED/],
  ])('%s is refused', (_what, change, says) => {
    expect(() => judgeCertificate({ ...good, ...change }, 'chat.example.org', NOW)).toThrow(says);
  });
});

const openssl = have('openssl', ['version']);
if (!openssl) leftOut('certificates over a real handshake', 'no openssl');

describe.runIf(openssl)('the certificate of a running server', () => {
  const serve = async (): Promise<{ port: number; close: () => void }> => {
    const dir = mkdtempSync(join(tmpdir(), 'chatops-tls-'));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const names = 'subjectAltName=DNS:chat.chatops.localhost,DNS:*.example.org';
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, '-days', '30'];
    execFileSync('openssl', [...args, '-subj', '/CN=chat/O=Ours', '-addext', names], { stdio: 'ignore' });
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, close: () => server.close() };
  };

  it('is read although nobody trusts it, with its names, end and issuer', async () => {
    const { port, close } = await serve();
    const seen = await createTls().certificate({ host: '127.0.0.1', port, name: 'chat.chatops.localhost' });
    const other = await createTls().certificate({ host: '127.0.0.1', port, name: 'git.chatops.localhost' });
    close();
    expect(seen).toMatchObject({
      names: ['chat.chatops.localhost', '*.example.org'],
      issuer: 'Ours',
      wrongName: undefined,
      distrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(other.wrongName).toMatch(/git\.chatops\.localhost/);
  });

  it('is unreachable where nothing speaks TLS', async () => {
    const plain = createPlain((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    await expect(createTls().certificate({ host: '127.0.0.1', port, name: 'x.test' })).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
    plain.close();
  });
});
