/** A front door with TLS and a certificate of an authority of our own, on real containers. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { have, leftOut } from '../../helpers/available.ts';
import { certify } from '../../helpers/certificates.ts';
import { type Ended, run } from '../../helpers/cli.ts';
import { freePort } from '../../helpers/free-port.ts';
import type { Json } from '../../helpers/live.ts';
import { aContainerStack, type ContainerStack } from './containers.ts';

const TLS = 'tls: { certificate: certs/door.pem, key: certs/door.key }\n';
const AUTHORITY = 'authority: certs/ca.pem\n';

export const loopWithTls = (): void => {
  const canCertify = have('openssl', ['version']);
  if (!canCertify) leftOut('docker e2e, TLS', 'no openssl');

  describe.runIf(canCertify)('with TLS, and an authority of our own', () => {
    let stack: ContainerStack;

    const smoke = (...words: readonly string[]): Promise<Ended> =>
      run('chatops-up', ['smoke', '--json', ...words, '--dir', stack.dir, '--engine', 'docker']);

    beforeAll(async () => {
      const https = await freePort();
      stack = await aContainerStack({ more: `${TLS}${AUTHORITY}` });
      stack.write('chatops.yaml', stack.read('chatops.yaml').replace('ports: {', `ports: { https: ${https},`));
      certify(stack.dir);
    });

    afterAll(() => stack?.remove(), 60_000);

    it('`up` proves the conversation through the certificate, and changes nothing the second time', async () => {
      const first = await stack.drive(['up']).ended;
      expect(first.stdout).toMatch(/the bot posted through the front door and read back/);
      expect(first.status).toBe(0);
      expect((await stack.drive(['up']).ended).stdout).toContain('0 changes');
    });

    it('`smoke --loop` goes through it to every virtual host, and follows the loop', async () => {
      const ended = await smoke('--loop');
      const { checks } = JSON.parse(ended.stdout);
      expect(checks.filter(({ result }: Json) => result !== 'passed')).toEqual([]);
      expect(ended.status).toBe(0);
      const door = checks.filter(({ area }: Json) => area === 'front door').map(({ name }: Json) => name);
      expect(door.filter((name: string) => name.startsWith('virtual host '))).toHaveLength(4);
      expect(door.filter((name: string) => name.startsWith('certificate of '))).toHaveLength(4);
    });

    it('a machine that does not know the authority names the certificate that it does not trust', async () => {
      stack.write('chatops.yaml', stack.read('chatops.yaml').replace(AUTHORITY, ''));
      const ended = await smoke();
      expect(ended.status).toBe(1);
      const { checks } = JSON.parse(ended.stdout);
      const certificate = checks.find(({ name }: Json) => name === 'certificate of chat.chatops.localhost');
      expect(certificate.answer).toMatch(
        /does not trust the certificate of chat\.chatops\.localhost: .*Test Authority/,
      );
      expect(certificate.error.next).toContain('`authority:`');
    });
  });
};
