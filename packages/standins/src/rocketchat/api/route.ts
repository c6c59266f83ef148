import type { StandinRequest } from '../../kit/http-standin.ts';
import type { Chat } from '../chat.ts';
import type { UserDoc } from '../documents.ts';
import type { Session } from '../domain/tokens.ts';
import type { VersionTraits } from '../version.ts';
import type { Schema } from './schema.ts';

export type Fields = Readonly<Record<string, unknown>>;

interface CallBase {
  readonly chat: Chat;
  readonly request: StandinRequest;
  /** Of the caller, proxies counted off. */
  readonly address: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Fields;
  readonly params: Readonly<Record<string, string | undefined>>;
}

export interface Call extends CallBase {
  readonly session: Session;
  readonly user: UserDoc;
}

/** A call that needs no login; `session` is there when the caller has one. */
export interface OpenCall extends CallBase {
  readonly session: Session | undefined;
}

/** What goes into the answer beside `success: true`. */
export type RouteBody = Fields | Promise<Fields>;

interface RouteBase {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1/`. */
  readonly path: string;
  /** A function where versions differ. */
  readonly body?: Schema | ((traits: VersionTraits) => Schema);
  readonly query?: Schema;
}

export type Route = RouteBase &
  (
    | {
        readonly open?: false;
        /** All of these, checked before anything else. */
        readonly permissions?: readonly string[];
        readonly secondFactor?: 'remembered' | 'each-time';
        readonly run: (call: Call) => RouteBody;
      }
    | { readonly open: true; readonly run: (call: OpenCall) => RouteBody }
  );

export const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
export const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
export const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** The given keys of a record that are there. */
export const pick = (from: Fields, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
