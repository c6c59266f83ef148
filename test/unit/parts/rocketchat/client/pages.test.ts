import { describe, expect, it } from 'vitest';
import { type Page, readAllPages } from '../../../../../src/parts/rocketchat/client/pages.ts';

interface Item {
  readonly id: string;
}

const items = (...ids: readonly string[]): readonly Item[] => ids.map((id) => ({ id }));

/** The last one is given again and again. */
const listing = (...pages: readonly Page<Item>[]) => {
  const left = [...pages];
  return async (): Promise<Page<Item>> => (left.length > 1 ? left.shift() : left[0]) ?? { items: [], total: 0 };
};

describe('a list read page by page', () => {
  it('is read to its end, with pages smaller than asked for', async () => {
    const read = listing({ items: items('a', 'b'), total: 3 }, { items: items('c'), total: 3 });
    expect(await readAllPages(read)).toEqual(items('a', 'b', 'c'));
  });

  it('holds once what moved between two pages', async () => {
    const read = listing({ items: items('a', 'b'), total: 4 }, { items: items('b', 'c'), total: 4 });
    expect(await readAllPages(read)).toEqual(items('a', 'b', 'c'));
  });

  it('that always brings the same is refused, not read for ever', async () => {
    await expect(readAllPages(listing({ items: items('a'), total: 1e9 }))).rejects.toMatchObject({
      code: 'UNEXPECTED_ANSWER',
      why: 'it is said to hold 1000000000, and after 2 its pages bring nothing new',
    });
  });
});
