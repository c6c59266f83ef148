/** The core knows no product by name: what is known of one stands in its part, and `wiring` joins the parts. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { STILL_NAMED } from './still-named.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const PRODUCTS = /rocket\.?chat|gitlab|mongo|postgres|nginx|mattermost|nextcloud|hubot/i;
/** Where products have their rooms, are joined, or are spoken of to users by design. */
const KNOWING = /^src\/(parts|notifier|wiring)\//;

const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((path) => path.endsWith('.ts') && !KNOWING.test(path));

describe('the core', () => {
  it('names a product only where STILL_NAMED says so', () => {
    const naming = ['operations.ts', ...sources].filter((path) => PRODUCTS.test(readFileSync(root + path, 'utf8')));
    expect(naming.toSorted()).toEqual(STILL_NAMED.flatMap(({ files }) => files).toSorted());
  });
});
