/** Whom TLS trusts: servers of the test's own, with a certificate of an authority that nobody knows. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/adapters/http.ts';
import { createTls } from '../../../src/adapters/tls.ts';
import { createTrusted } from '../../../src/adapters/trusted.ts';
import { have, leftOut } from '../../helpers/available.ts';
import { certify } from '../../helpers/certificates.ts';

const canCertify = have('openssl', ['version']);
if (!canCertify) leftOut('whom TLS trusts', 'no openssl');

describe.runIf(canCertify)('a server with a certificate of an authority of our own', () => {
  let dir: string;
  let server: Server;
  let port: number;

  const file = (name: string): string => join(dir, 'certs', name);
  const get = (...trust: Parameters<typeof createTrusted>) =>
    createHttp(undefined, createTrusted(...trust)).request({
      method: 'GET',
      url: `https://a.chatops.localhost:${port}/`,
    });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'trusted-'));
    certify(dir);
    server = createServer(
      { cert: readFileSync(file('door.pem')), key: readFileSync(file('door.key')) },
      (_, response) => response.end('hello'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(dir, { recursive: true, force: true });
  });

  it('is not trusted by itself', async () => {
    await expect(get(undefined, undefined)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });

  it('is trusted when the authority is named', async () => {
    expect(await get(file('ca.pem'), undefined)).toMatchObject({ status: 200, body: 'hello' });
  });

  it('is still trusted by NODE_EXTRA_CA_CERTS when another one is named', async () => {
    expect(await get(file('door.pem'), file('ca.pem'))).toMatchObject({ status: 200 });
  });

  it('shows a certificate whose trust is shown the same way', async () => {
    const target = { host: '127.0.0.1', port, name: 'a.chatops.localhost' };
    expect((await createTls().certificate(target)).distrusted).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const trusted = createTrusted(file('ca.pem'), undefined);
    expect((await createTls(trusted).certificate(target)).distrusted).toBeUndefined();
  });
});
