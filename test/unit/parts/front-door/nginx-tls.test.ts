/** The rendered nginx.conf with TLS in a real nginx, judged by OpenSSL and by what it writes into its log. */
import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders, type Server } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aStack } from '../../../builders/stack.ts';
import { have, leftOut } from '../../../helpers/available.ts';
import { freePort } from '../../../helpers/free-port.ts';
import { loopbackPlaces, startRealNginx, stopRealNginx } from '../../../helpers/nginx.ts';

const installed = have('nginx', ['-v']) && have('openssl', ['version']);
if (!installed) leftOut('nginx running the rendered configuration with TLS', 'nginx or openssl is not there');

const HANGS_MS = 60_000;
const CHAT = 'chat.chatops.localhost';

describe.runIf(installed)('a real nginx with the rendered configuration and TLS', () => {
  let dir = '';
  let https = 0;
  let inside = 0;
  let backEnd: Server | undefined;

  /** Whether a connection stands, and with what. */
  const handshake = (...options: readonly string[]): Promise<string> =>
    new Promise((resolve) => {
      const args = ['s_client', '-connect', `127.0.0.1:${https}`, '-servername', CHAT, ...options];
      const client = execFile('openssl', args, (_error, stdout, stderr) => resolve(`${stdout}${stderr}`));
      client.stdin?.end();
    });

  const ask = (host: string, path: string, secure = true): Promise<{ headers: IncomingHttpHeaders; body: string }> =>
    new Promise((resolve, reject) => {
      const to = { host: '127.0.0.1', port: secure ? https : inside, path, headers: { host } };
      const asked = secure
        ? httpsRequest({ ...to, servername: host, rejectUnauthorized: false })
        : httpRequest({ ...to, agent: false });
      asked.on('response', (reply) => {
        const parts: Buffer[] = [];
        reply.on('data', (part: Buffer) => parts.push(part));
        reply.on('end', () => resolve({ headers: reply.headers, body: Buffer.concat(parts).toString() }));
      });
      asked.on('error', reject);
      asked.end();
    });

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'chatops-nginx-tls-'));
    chmodSync(dir, 0o755);
    const [http, backEndPort] = [await freePort(), await freePort()];
    [https, inside] = [await freePort(), await freePort()];
    const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=*.chatops.localhost'];
    const files = ['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')];
    execFileSync('openssl', ['req', '-x509', ...made, ...files], { stdio: 'ignore' });
    backEnd = createServer((incoming, reply) => reply.end(JSON.stringify(incoming.headers)));
    backEnd.listen(backEndPort, '127.0.0.1');
    await once(backEnd, 'listening');
    const stack = aStack({ tls: { certificate: 'cert.pem', key: 'key.pem' } });
    const at = { http: `127.0.0.1:${http}`, https: `127.0.0.1:${https}`, inside: `127.0.0.1:${inside}` };
    const places = loopbackPlaces({ dir, listen: at.http, ...at, backEnd: backEndPort });
    const logged = { ...places, process: { ...places.process, accessLog: join(dir, 'access.log') } };
    startRealNginx(dir, stack, logged);
  });

  afterAll(() => {
    stopRealNginx(dir);
    backEnd?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test.each([['-tls1_2'], ['-tls1_3']])('talks with %s', async (version) => {
    expect(await handshake(version)).toMatch(/Cipher is (ECDHE-RSA-AES|TLS_AES)/);
  });

  test.each([
    ['TLS 1.1', ['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0']],
    ['a key without forward secrecy', ['-tls1_2', '-cipher', 'AES128-GCM-SHA256']],
    ['a cipher in CBC mode', ['-tls1_2', '-cipher', 'ECDHE-RSA-AES128-SHA']],
    ['Camellia', ['-tls1_2', '-cipher', 'CAMELLIA128-SHA:@SECLEVEL=0']],
  ])('does not talk with %s', async (_what, options) => {
    expect(await handshake(...options)).toContain('Cipher is (NONE)');
  });

  test.each([['evil.example'], ['']])('shows no certificate to who asks for the name %j', async (servername) => {
    const socket = connect({ host: '127.0.0.1', port: https, servername, rejectUnauthorized: false });
    const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ERR_SSL_TLSV1_UNRECOGNIZED_NAME');
  });

  test('has browsers stay with TLS, and names the published port to back ends', async () => {
    const { headers, body } = await ask(CHAT, '/');
    expect(headers).toMatchObject({ 'strict-transport-security': 'max-age=63072000' });
    expect(JSON.parse(body)).toMatchObject({ host: `${CHAT}:8443`, 'x-forwarded-proto': 'https' });
    expect((await ask('www.chatops.localhost', '/')).headers).toMatchObject({
      'strict-transport-security': 'max-age=63072000',
    });
  });

  test('says nothing of TLS to containers, which come without it and under its inner port', async () => {
    const { headers, body } = await ask(CHAT, '/', false);
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(JSON.parse(body)).toMatchObject({ host: `${CHAT}:8079`, 'x-forwarded-proto': 'http' });
  });

  test('logs a line of JSON for each request, without queries and without the secrets of webhooks', async () => {
    await ask(CHAT, '/logged/%0A%22x?private_token=glpat-secret');
    await ask(CHAT, '/hooks/id/very-secret?channel=ci');
    // nginx writes the line when the answer is on its way: the client may have it first.
    const lines = await vi.waitFor(() => {
      const written = readFileSync(join(dir, 'access.log'), 'utf8').trimEnd().split('\n');
      expect(written.at(-1)).toContain('/hooks/');
      return written;
    }, HANGS_MS);
    const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries.at(-2)).toMatchObject({ host: CHAT, method: 'GET', path: '/logged/\n"x', status: 200 });
    expect(entries.at(-1)).toMatchObject({ path: '/hooks/*', status: 403, client: '127.0.0.1' });
    expect(lines.join('\n')).not.toContain('secret');
  });
});
