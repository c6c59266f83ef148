import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const tests = fileURLToPath(new URL('../..', import.meta.url));
const SETUP = 'helpers/setup.ts';

test('no helper registers a hook when it is read: files that share their modules read it once (helpers/at-end.ts)', () => {
  const helpers = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.ts$/.test(file) && !/\.test\.ts$|node_modules/.test(file),
  );
  const registering = helpers.filter((file) =>
    /^(?:before|after)(?:Each|All)\(/m.test(readFileSync(`${tests}/${file}`, 'utf8')),
  );
  expect(registering).toEqual([SETUP]);
});
