import { coded } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { Fields } from './route.ts';

type Query = Readonly<Record<string, string>>;

export interface Page<T> {
  readonly items: readonly T[];
  readonly count: number;
  readonly offset: number;
  readonly total: number;
}

const whole = (value: string | undefined, fallback: number): number => {
  const number = Number.parseInt(value ?? '', 10);
  return Number.isNaN(number) ? fallback : Math.max(0, number);
};

/** `count=0` means all while `API_Allow_Infinite_Count` is on (…/app/api/server/helpers/getPaginationItems.ts). */
const countOf = (chat: Chat, query: Query, fallback: number): number => {
  const upper = chat.settings.number('API_Upper_Count_Limit');
  const wanted = whole(query.count, fallback);
  if (wanted === 0) return chat.settings.flag('API_Allow_Infinite_Count') ? Number.POSITIVE_INFINITY : fallback;
  return Math.min(wanted, upper);
};

const sortOf = (query: Query): Readonly<Record<string, number>> => {
  if (query.sort === undefined) return {};
  try {
    return JSON.parse(query.sort) as Record<string, number>;
  } catch {
    throw coded('error-invalid-sort', `Invalid sort parameter provided: "${query.sort}"`, {
      helperMethod: 'parseJsonQuery',
    });
  }
};

const compare = (a: unknown, b: unknown): number => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const [left, right] = [String(a ?? ''), String(b ?? '')];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** One page; `query` and `fields` are ignored in silence, as since 7.0. */
export const page = <T>(
  chat: Chat,
  query: Query,
  all: readonly T[],
  view: (item: T) => Fields = (item) => item as Fields,
): Page<Fields> => {
  const sort = Object.entries(sortOf(query));
  const offset = whole(query.offset, 0);
  const count = countOf(chat, query, chat.settings.number('API_Default_Count'));
  // Sorting needs every view; without it only the page is made.
  const sorted = sort.length === 0 ? undefined : sortViews(all.map(view), sort);
  const items = sorted ? sorted.slice(offset, offset + count) : all.slice(offset, offset + count).map(view);
  return { items, count: items.length, offset, total: all.length };
};

const sortViews = (views: Fields[], sort: readonly [string, number][]): Fields[] =>
  views.sort((a, b) => {
    for (const [key, direction] of sort) {
      const order = compare(a[key], b[key]) * (direction < 0 ? -1 : 1);
      if (order !== 0) return order;
    }
    return 0;
  });

/** The list under its name, with the three numbers beside it. */
export const paged = (name: string, { items, count, offset, total }: Page<Fields>): Fields => ({
  [name]: items,
  count,
  offset,
  total,
});
