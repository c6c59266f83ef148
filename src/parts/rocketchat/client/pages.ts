/** Largest page a server gives by default (`API_Upper_Count_Limit`). */
export const PAGE_SIZE = 100;

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/**
 * Every item of a list, page by page. `query=` filters are ignored by servers since 7.0, so callers compare themselves.
 * A server may give smaller pages than asked for; an item that moves between two pages is kept once.
 */
export const readAllPages = async <T extends { readonly id: string }>(
  read: (offset: number, count: number) => Promise<Page<T>>,
): Promise<readonly T[]> => {
  const found = new Map<string, T>();
  let offset = 0;
  for (;;) {
    const { items, total } = await read(offset, PAGE_SIZE);
    for (const item of items) found.set(item.id, item);
    offset += items.length;
    if (items.length === 0 || offset >= total) return [...found.values()];
  }
};
