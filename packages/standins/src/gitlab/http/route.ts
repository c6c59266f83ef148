/** One endpoint: who may call it and what it does. */
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import type { AccessToken, User } from '../model.ts';
import type { World } from '../world.ts';
import type { RawParams } from './params.ts';

export interface Caller {
  readonly user: User;
  readonly token: AccessToken;
  /** An administrator whose token may act as one: with admin mode on it needs the scope `admin_mode`. */
  readonly isAdmin: boolean;
}

export interface Call {
  readonly world: World;
  readonly request: StandinRequest;
  readonly params: RawParams;
  readonly caller: Caller;
}

/** A call nobody need sign for: the token, if any, is in the body. */
export type OpenCall = Omit<Call, 'caller'>;

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Route =
  | {
      readonly method: Method;
      /** Below `/api/v4`, with `:names`. */
      readonly path: string;
      /** Scopes of which the token needs one; `any` accepts every valid token. */
      readonly scopes: readonly string[] | 'any';
      readonly handle: (call: Call) => StandinReply | Promise<StandinReply>;
    }
  | {
      readonly method: Method;
      readonly path: string;
      readonly open: true;
      /** The body is no set of parameters: a piece of log, say. */
      readonly rawBody?: boolean;
      readonly handle: (call: OpenCall) => StandinReply | Promise<StandinReply>;
    };

type Handle = (call: Call) => StandinReply | Promise<StandinReply>;

/** Reads accept `read_api` too (gl:lib/api/api_guard.rb); `more` are scopes of this endpoint alone. */
export const read = (path: string, handle: Handle, more: readonly string[] = []): Route => ({
  method: 'GET',
  path,
  scopes: ['api', 'read_api', ...more],
  handle,
});

export const write = (
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  handle: Handle,
  more: readonly string[] = [],
): Route => ({ method, path, scopes: [...more, 'api'], handle });

export const open = (
  method: Method,
  path: string,
  handle: (call: OpenCall) => StandinReply | Promise<StandinReply>,
  rawBody = false,
): Route => ({ method, path, open: true, rawBody, handle });
