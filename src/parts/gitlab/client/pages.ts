/** Reads a list to its end, whatever the server says about paging. */
import { z } from 'zod';

const LARGEST_PAGE = 100;
/** What GitLab takes when it does not heed `per_page`. */
const DEFAULT_PAGE = 20;

const pageSchema = z.object({
  data: z.array(z.looseObject({ id: z.number() })),
  // The library gives NaN and null for missing headers.
  paginationInfo: z.object({ next: z.number().nullable(), perPage: z.unknown() }),
});

export interface PageQuery {
  readonly page: number;
  readonly perPage: number;
  readonly showExpanded: true;
}

/**
 * Asks page by page. The library follows `Link` only and takes a missing one for the end, so lists lose everything
 * after the first page behind a proxy that drops it; here a full page is always followed by a look at the next.
 */
export const readAllPages = async (read: (query: PageQuery) => Promise<unknown>): Promise<readonly unknown[]> => {
  const found = new Map<number, unknown>();
  for (let page = 1; ; page += 1) {
    const answer = pageSchema.parse(await read({ page, perPage: LARGEST_PAGE, showExpanded: true }));
    const before = found.size;
    for (const each of answer.data) found.set(each.id, each);
    const { next, perPage } = answer.paginationInfo;
    const silent = Number.isNaN(perPage);
    const mayGoOn = next !== null || answer.data.length >= (silent ? DEFAULT_PAGE : LARGEST_PAGE);
    // A page without news: the end, or a server that does not heed `page`.
    if (!mayGoOn || found.size === before) return [...found.values()];
  }
};
