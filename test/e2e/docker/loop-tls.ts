/** `smoke` through a front door with TLS, on real containers. */
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { have } from '../../helpers/available.ts';
import { freePort, run } from '../../helpers/cli.ts';
import type { Json } from '../../helpers/live.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';

/** An authority of our own, and a certificate of it for the names of a stack; in the folder `certs` there. */
const certify = (stack: ContainerStack): void => {
  mkdirSync(stack.path('certs'));
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: stack.path('certs'), stdio: 'ignore' });
  const key = (name: string) => ['-newkey', 'rsa:2048', '-nodes', '-keyout', `${name}.key`];
  openssl('req', '-x509', ...key('ca'), '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Test Authority');
  openssl('req', ...key('door'), '-out', 'door.csr', '-subj', '/CN=chatops.localhost');
  stack.write('certs/names', 'subjectAltName=DNS:*.chatops.localhost');
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'names', '-days', '2'];
  openssl('x509', '-req', '-in', 'door.csr', ...signed, '-out', 'door.pem');
};

export const loopWithTls = (): void => {
  describe.runIf(have('openssl', ['version']))('smoke with TLS', () => {
    let stack: ContainerStack;

    beforeAll(async () => {
      const https = await freePort();
      stack = await aContainerStack({ more: 'tls: { certificate: certs/door.pem, key: certs/door.key }\n' });
      stack.write('chatops.yaml', stack.read('chatops.yaml').replace('ports: {', `ports: { https: ${https},`));
      certify(stack);
      // What is proven from inside needs an authority that the containers know; everything else is up.
      await run('chatops-up', ['up', '--dir', stack.dir, '--engine', 'docker']);
    }, 120_000);

    afterAll(() => stack?.remove(), 60_000);

    it('goes through the certificate of the front door to every virtual host, and follows the loop', async () => {
      const env = { NODE_EXTRA_CA_CERTS: stack.path('certs/ca.pem') };
      const words = ['smoke', '--loop', '--json', '--dir', stack.dir, '--engine', 'docker'];
      const ended = await run('chatops-up', words, { env });
      const { checks } = JSON.parse(ended.stdout);
      expect(checks.filter(({ result }: Json) => result !== 'passed')).toEqual([]);
      expect(ended.status).toBe(0);
      const door = checks.filter(({ area }: Json) => area === 'front door').map(({ name }: Json) => name);
      expect(door.filter((name: string) => name.startsWith('virtual host '))).toHaveLength(4);
      expect(door.filter((name: string) => name.startsWith('certificate of '))).toHaveLength(4);
    });

    it('names the certificate that this machine does not trust', async () => {
      const ended = await run('chatops-up', ['smoke', '--json', '--dir', stack.dir, '--engine', 'docker']);
      expect(ended.status).toBe(1);
      const { checks } = JSON.parse(ended.stdout);
      const certificate = checks.find(({ name }: Json) => name === 'certificate of chat.chatops.localhost');
      expect(certificate.answer).toMatch(
        /does not trust the certificate of chat\.chatops\.localhost: .*Test Authority/,
      );
      expect(certificate.error.next).toContain('NODE_EXTRA_CA_CERTS');
    });
  });
};
