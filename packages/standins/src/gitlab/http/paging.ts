/**
 * Pages of a list: 20 by default, 100 at most, `Link` on the external address and the `x-` headers
 * (gl19:doc/api/rest/_index.md). Keyset pages carry only rel="next" and `X-NEXT-CURSOR`.
 */
import type { StandinReply } from '../../kit/http-standin.ts';
import { checkParams } from './params.ts';
import { badParameter, ok, Refusal } from './reply.ts';
import type { Call } from './route.ts';

const MAX_PER_PAGE = 100;
/** Above this GitLab leaves out the totals (UNVERIFIED limit). */
const MAX_COUNTED = 10_000;

const linkTo = (call: Call, changes: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams(call.request.query);
  for (const secret of ['private_token', 'access_token']) query.delete(secret);
  for (const [name, value] of Object.entries(changes)) query.set(name, value);
  return `<${call.world.externalUrl}${call.request.path}?${query}>`;
};

interface PageNumbers {
  readonly page: number;
  readonly perPage: number;
}

const pageNumbers = (call: Call): PageNumbers => {
  const given = checkParams(call.params, { page: { type: 'integer' }, per_page: { type: 'integer' } });
  if (given.per_page !== undefined && given.per_page <= 0) throw badParameter('per_page has a value not allowed');
  return { page: Math.max(1, given.page ?? 1), perPage: Math.min(MAX_PER_PAGE, given.per_page ?? 20) };
};

const linkHeader = (call: Call, { page, perPage }: PageNumbers, pages: number): string => {
  const link = (rel: string, to: number) =>
    `${linkTo(call, { page: String(to), per_page: String(perPage) })}; rel="${rel}"`;
  return [
    ...(page > 1 ? [link('prev', page - 1)] : []),
    ...(page < pages ? [link('next', page + 1)] : []),
    link('first', 1),
    ...(pages > 0 ? [link('last', pages)] : []),
  ].join(', ');
};

/** One page of `all`, shown by `show`. @throws Refusal 400 for a bad page number */
export const paged = <T>(call: Call, all: readonly T[], show: (item: T) => unknown): StandinReply => {
  const numbers = pageNumbers(call);
  const { page, perPage } = numbers;
  const pages = Math.max(1, Math.ceil(all.length / perPage));
  const counted = all.length <= MAX_COUNTED;
  const headers = {
    Link: linkHeader(call, numbers, pages),
    'X-Next-Page': page < pages ? String(page + 1) : '',
    'X-Page': String(page),
    'X-Per-Page': String(perPage),
    'X-Prev-Page': page > 1 ? String(page - 1) : '',
    ...(counted ? { 'X-Total': String(all.length), 'X-Total-Pages': String(pages) } : {}),
  };
  return ok(all.slice((page - 1) * perPage, page * perPage).map(show), headers);
};

interface Numbered {
  readonly id: number;
}

const cursorOf = (id: number) => Buffer.from(JSON.stringify({ id: String(id), _kd: 'n' })).toString('base64url');

const idAfter = (call: Call): number | undefined => {
  const { cursor, id_after: after, id_before: before } = call.params;
  if (typeof cursor === 'string') {
    try {
      return Number((JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { id: string }).id);
    } catch {
      throw badParameter('cursor is invalid');
    }
  }
  const border = after ?? before;
  return border === undefined ? undefined : Number(border);
};

/** As `paged`, but with `pagination=keyset` by number order. */
export const keysetOrPaged = <T extends Numbered>(
  call: Call,
  all: readonly T[],
  show: (item: T) => unknown,
): StandinReply => {
  if (call.params.pagination !== 'keyset') return paged(call, all, show);
  const order = call.params.order_by ?? 'id';
  if (order !== 'id')
    throw new Refusal(405, { error: 'Keyset pagination is not yet available for this type of request' });
  const { perPage } = pageNumbers(call);
  const ascending = call.params.sort === 'asc';
  const sorted = [...all].sort((left, right) => (ascending ? left.id - right.id : right.id - left.id));
  const border = idAfter(call);
  const rest = border === undefined ? sorted : sorted.filter(({ id }) => (ascending ? id > border : id < border));
  const items = rest.slice(0, perPage);
  const last = items.at(-1);
  if (last === undefined || rest.length <= perPage) return ok(items.map(show));
  const cursor = cursorOf(last.id);
  const next = linkTo(call, { cursor, per_page: String(perPage), pagination: 'keyset' });
  return ok(items.map(show), { Link: `${next}; rel="next"`, 'X-NEXT-CURSOR': cursor });
};
