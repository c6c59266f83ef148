/** The package as a library: what is exported, used from outside. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type * as Library from '../../src/wiring/library.ts';
import { freePort } from '../helpers/free-port.ts';

const library = (): Promise<typeof Library> => import(`${process.env.CHATOPS_DIST}/library.js`);
const STANDINS_ONLY = { CHATOPS_NGINX: '', CHATOPS_MONGOD: '' };

describe('the library', () => {
  it('plans, runs and plans again: nothing is left to do', async () => {
    const { changeCount, openDirectory, plan, planToText, up } = await library();
    const dir = mkdtempSync(join(tmpdir(), 'chatops-library-'));
    writeFileSync(join(dir, 'chatops.yaml'), `name: library\nports: { http: ${await freePort()} }\n`);
    const reported: string[] = [];
    const stack = await openDirectory({
      dir,
      engine: 'embedded',
      env: STANDINS_ONLY,
      onEvent: ({ type }) => reported.push(type),
    });
    try {
      expect(planToText(await plan(stack.desired, stack.world))).toContain('+ room ops');
      await stack.saveSecrets();
      const outcome = await up(stack.desired, stack.world);
      expect(outcome.nodes.map(({ result }) => result)).not.toContain('failed');
      expect(reported).toContain('node-done');
      expect(changeCount(await plan(stack.desired, stack.world))).toBe(0);
    } finally {
      await stack.close();
    }
  });

  it('throws the errors of the commands, by code', async () => {
    const { ChatopsError, openDirectory } = await library();
    const error = await openDirectory({ dir: mkdtempSync(join(tmpdir(), 'chatops-none-')), engine: 'embedded' }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ChatopsError);
    expect(error).toMatchObject({ code: 'CONFIG_MISSING', exitStatus: 78 });
  });
});
