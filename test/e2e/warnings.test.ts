/** What was accepted in .env and is worth knowing is reported; every command that reads it is asked in test/long/warnings.test.ts. */
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';

const VALUE = 'aStrongEnoughPassword-1';

describe('warnings of .env', () => {
  it('are reported beside what a command writes, without the value', async () => {
    const stack = await aStack();
    await stack.command('render');
    appendFileSync(stack.path('.env'), `\nCHATOPS_BOT_PASSWORD=${VALUE}\n`);
    const { stderr } = await stack.command('render');
    expect(stderr).toMatch(/^warning: .*CHATOPS_BOT_PASSWORD/m);
    expect(stderr).not.toContain(VALUE);
  });
});
