/** What was accepted and is worth knowing is reported by every command that reads it, on standard error. */
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';

const EVEN = 'name: demo\nmongo: { members: 2 }\n';

describe('warnings', () => {
  it.each(['plan', 'status', 'render'])(
    'of chatops.yaml are reported by %s, beside its own output',
    async (command) => {
      const stack = await aStack(EVEN);
      const { stdout, stderr } = await stack.command(command, ['--json']);
      expect(stderr).toMatch(/^warning: chatops\.yaml:2:\d+ mongo\.members: /m);
      expect(() => JSON.parse(stdout)).not.toThrow();
    },
  );

  it.each(['plan', 'status', 'render'])('of .env are reported by %s', async (command) => {
    const stack = await aStack();
    await stack.command('render');
    appendFileSync(stack.path('.env'), '\nCHATOPS_BOT_PASSWORD=aStrongEnoughPassword-1\n');
    const { stderr } = await stack.command(command);
    expect(stderr).toMatch(/^warning: .*CHATOPS_BOT_PASSWORD/m);
    expect(stderr).not.toContain('aStrongEnoughPassword-1');
  });

  it('of .env stand at the beginning of a run', async () => {
    const stack = await aStack();
    await stack.command('render');
    appendFileSync(stack.path('.env'), '\nCHATOPS_BOT_PASSWORD=aStrongEnoughPassword-1\n');
    const { stdout } = await stack.up();
    expect(stdout).toMatch(/^warning: .*CHATOPS_BOT_PASSWORD/m);
  });

  it.each(['status', 'render'])('of a certificate that is not there are reported by %s', async (command) => {
    const stack = await aStack('name: demo\ntls: { certificate: certs/a.pem, key: certs/a.key }\n');
    const { stderr } = await stack.command(command);
    expect(stderr).toContain('there is no file certs/a.pem');
  });
});
