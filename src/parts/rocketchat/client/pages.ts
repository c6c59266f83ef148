import { ChatopsError } from '../../../errors/chatops-error.ts';

/** Largest page a server gives by default (`API_Upper_Count_Limit`). */
export const PAGE_SIZE = 100;

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/**
 * Every item of a list, page by page. `query=` filters are ignored by servers since 7.0, so callers compare themselves.
 * A server may give smaller pages than asked for; an item that moves between two pages is kept once.
 * @throws ChatopsError UNEXPECTED_ANSWER for a list that goes on and brings nothing new: it would never end
 */
export const readAllPages = async <T extends { readonly id: string }>(
  read: (offset: number, count: number) => Promise<Page<T>>,
): Promise<readonly T[]> => {
  const found = new Map<string, T>();
  let offset = 0;
  for (;;) {
    const { items, total } = await read(offset, PAGE_SIZE);
    const before = found.size;
    for (const item of items) found.set(item.id, item);
    offset += items.length;
    if (items.length === 0 || offset >= total) return [...found.values()];
    if (found.size === before) {
      throw new ChatopsError('UNEXPECTED_ANSWER', {
        what: 'a list of the chat does not end',
        why: `it is said to hold ${total}, and after ${offset} its pages bring nothing new`,
      });
    }
  }
};
