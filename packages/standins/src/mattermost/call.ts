/** A call of REST v4 by somebody who is known, and what its parts have in common. */
import type { StandinReply, StandinRequest } from '../kit/http-standin.ts';
import { ok } from './answers.ts';
import type { World } from './world.ts';

export interface Call {
  readonly world: World;
  readonly request: StandinRequest;
  /** Id of who asks. */
  readonly caller: string;
  readonly params: readonly string[];
  readonly body: unknown;
}

export type Route = readonly [method: string, path: RegExp, run: (call: Call) => StandinReply];

export type Fields = Readonly<Record<string, unknown>>;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** An id of Mattermost's, as a group of a pattern. */
export const ID = '([a-z0-9]{26})';

/** @param text a pattern below `/api/v4` */
export const path = (text: string): RegExp => new RegExp(`^/api/v4${text}$`);

const USUAL = 60;
const LARGEST = 200;

/** `page` from 0; above 200 a page is cut without a word. */
export const paged = <T>(all: readonly T[], query: URLSearchParams): readonly T[] => {
  const size = Math.min(LARGEST, Number(query.get('per_page') ?? USUAL));
  const first = Number(query.get('page') ?? 0) * size;
  return all.slice(first, first + size);
};

export const pageOf = (all: readonly unknown[], { request }: Pick<Call, 'request'>): StandinReply =>
  ok(paged(all, request.query));
