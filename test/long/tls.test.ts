/** A front door with TLS and a certificate of an authority of our own, on the embedded engine. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { have, leftOut } from '../helpers/available.ts';
import { certify } from '../helpers/certificates.ts';
import { aStack } from '../helpers/cli.ts';
import { freePort } from '../helpers/free-port.ts';

const canCertify = have('openssl', ['version']);
if (!canCertify) leftOut('e2e, TLS', 'no openssl');

const aTlsStack = async (more: string) => {
  const [http, https, ssh] = [await freePort(), await freePort(), await freePort()];
  return aStack(`name: demo\nports: { http: ${http}, https: ${https}, ssh: ${ssh} }\n${more}`);
};

const TLS = 'tls: { certificate: certs/door.pem, key: certs/door.key }\n';

describe.runIf(canCertify)('TLS with an authority of our own', () => {
  it('is trusted when chatops.yaml names it: the conversation is proven at the https address', async () => {
    const stack = await aTlsStack(`${TLS}authority: certs/ca.pem\n`);
    certify(stack.dir);
    const { status, stdout } = await stack.up();
    expect(stdout).toMatch(/the bot posted through the front door and read back/);
    expect(stdout).toMatch(/https:\/\/chat\.chatops\.localhost:\d+/);
    expect(status).toBe(0);
    expect((await stack.up()).stdout).toContain('0 changes');
  });

  it('is not trusted when nobody names it, and the proof fails', async () => {
    const stack = await aTlsStack(TLS);
    certify(stack.dir);
    const { status, stdout } = await stack.up();
    expect(stdout).toMatch(/conversation: FAILED: .*certificate/);
    expect(status).toBe(1);
  });
});

describe.runIf(canCertify)('files that chatops.yaml names', () => {
  it.each(['up', 'plan'])(
    'are looked for before `%s` does anything: all that are missing are reported, each with its place',
    async (command) => {
      const stack = await aTlsStack(
        'tls:\n  certificate: certs/door.pem\n  key: certs/door.key\nauthority: certs/ca.pem\n',
      );
      const { status, stderr } = await stack.command(command);
      expect(status).toBe(78);
      expect(stderr).toMatch(/^CONFIG_INVALID {2}chatops\.yaml was refused: 3 problems/);
      expect(stderr).toContain('chatops.yaml:4:16 tls.certificate: there is no file certs/door.pem');
      expect(stderr).toContain('chatops.yaml:5:8 tls.key: there is no file certs/door.key');
      expect(stderr).toContain('chatops.yaml:6:12 authority: there is no file certs/ca.pem');
      expect(existsSync(stack.path('.env'))).toBe(false);
      expect(existsSync(stack.path('compose.yaml'))).toBe(false);
    },
  );

  it('may stand anywhere, and are warned of when a browser would refuse them', async () => {
    const [elsewhere, stack] = [await aStack(), await aTlsStack('')];
    certify(elsewhere.dir, { names: 'DNS:chat.chatops.localhost' });
    const [certificate, key, ca] = ['door.pem', 'door.key', 'ca.pem'].map((file) => elsewhere.path(`certs/${file}`));
    stack.write(
      'chatops.yaml',
      `${stack.read('chatops.yaml')}tls: { certificate: ${certificate}, key: ${key} }\nauthority: ${ca}\n`,
    );
    const { status, stdout } = await stack.up();
    expect(stdout).toContain(
      'tls.certificate: the certificate may not be trusted: it is not for git.chatops.localhost, www.chatops.localhost, hom.chatops.localhost',
    );
    expect(status).toBe(0);
  });

  it('do not keep a stack from being ended', async () => {
    const stack = await aTlsStack(TLS);
    expect(await stack.command('down')).toMatchObject({ status: 0 });
  });

  it('never show what is in a key', async () => {
    const stack = await aTlsStack(TLS);
    certify(stack.dir);
    execFileSync('cp', ['ca.key', 'door.key'], { cwd: stack.path('certs') });
    const { status, stdout, stderr } = await stack.up();
    expect(status).toBe(78);
    expect(stderr).toContain('tls.key: the key does not belong to the first certificate of certs/door.pem');
    expect(`${stdout}${stderr}`).not.toContain(stack.read('certs/door.key').split('\n')[1]);
  });
});
