/** Checks are reported when they end: one that hangs keeps nobody waiting for the others. */
import { expect, it } from 'vitest';
import { createClock } from '../../../src/adapters/clock.ts';
import type { Check } from '../../../src/contracts/check.ts';
import { passed } from '../../../src/contracts/check.ts';
import type { SmokeDeps } from '../../../src/smoke/deps.ts';
import { runSmoke } from '../../../src/smoke/smoke.ts';

it('a check that has ended is reported while another one goes on', async () => {
  let answer: () => void = () => undefined;
  const slow: Check = {
    area: 'links',
    name: 'slow',
    run: async () => {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
      return passed('at last');
    },
  };
  const fast: Check = { area: 'links', name: 'fast', run: async () => passed('at once') };
  const reported: string[] = [];
  let seen: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    seen = resolve;
  });
  const deps = {
    stack: { name: 'demo', offers: {} },
    services: [],
    ports: { clock: createClock() },
    checks: [{ starting: [() => [slow, fast]] }],
    wake: async () => undefined,
    report: ({ name }: { readonly name: string }) => {
      reported.push(name);
      seen();
    },
  } as unknown as SmokeDeps;
  const run = runSmoke(deps, { loop: false, withinMs: 60_000 }, new AbortController().signal);

  await first;
  expect(reported).toEqual(['fast']);
  answer();
  expect((await run).checks.map(({ name }) => name)).toEqual(['fast', 'slow']);
});
