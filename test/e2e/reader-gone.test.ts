import { once } from 'node:events';
import { expect, it } from 'vitest';
import { aStack, start } from '../helpers/cli.ts';

it('a run whose reader went away midway (`up | head`) does not end as if it had come to its end', async () => {
  const stack = await aStack();
  const run = start('chatops-up', ['up', '--dir', stack.dir, '--engine', 'embedded'], { env: { CHATOPS_SPEED: '20' } });
  await run.says('mongo: ');
  run.process.stdout?.destroy();
  const [status] = await once(run.process, 'exit');
  expect(status).toBe(141);
});
