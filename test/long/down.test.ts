import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';

describe('down on the embedded engine', () => {
  it('keeps the data; with --volumes it goes after a yes, and the next run begins and proves anew', async () => {
    const stack = await aStack();
    expect((await stack.up()).status).toBe(0);

    const plain = await stack.command('down');
    expect(plain).toMatchObject({ status: 0, stdout: expect.stringContaining('kept: users, rooms') });
    expect((await stack.up()).stdout).toContain('0 changes');

    const unasked = await stack.command('down', ['--volumes']);
    expect(unasked.status).toBe(64);
    expect(unasked.stderr).toMatch(/^USAGE {2}down --volumes needs a yes\n {2}why {3}users, rooms.* would be lost/);
    expect(existsSync(stack.path('.chatops/embedded'))).toBe(true);

    const gone = await stack.command('down', ['--volumes', '--yes']);
    expect(gone).toMatchObject({ status: 0, stdout: expect.stringContaining('removed: users, rooms') });
    expect(existsSync(stack.path('.chatops/embedded'))).toBe(false);

    const again = await stack.up();
    expect(again.status).toBe(0);
    expect(again.stdout).toContain('+ message random word');
  });
});
