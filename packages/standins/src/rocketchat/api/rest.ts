import findMyWay from 'find-my-way';
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import { ApiError, invalidParams, notLoggedIn, routeForbidden, tooMany } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import { demandSecondFactor } from '../domain/second-factor.ts';
import { findSession, type Session } from '../domain/tokens.ts';
import { hasPermission } from '../permissions.ts';
import type { RateVerdict } from '../rate-limiter.ts';
import { readBody } from './body.ts';
import { clientAddress } from './client-address.ts';
import type { Call, Fields, OpenCall, Route } from './route.ts';
import { type Schema, schemaProblems } from './schema.ts';

const PREFIX = '/api/v1/';

/** Some answers carry keys of their own beside `success`, and `login` of 7.0 has none. */
export type Rest = (request: StandinRequest) => Promise<StandinReply>;

const sessionOf = (chat: Chat, request: StandinRequest): Session | undefined => {
  const session = findSession(chat, request.headers['x-auth-token'] ?? '');
  return session?.user._id === request.headers['x-user-id'] ? session : undefined;
};

const limitHeaders = ({ limit, remaining, resetAt }: RateVerdict): Record<string, string> => ({
  'X-RateLimit-Limit': String(limit),
  'X-RateLimit-Remaining': String(remaining),
  'X-RateLimit-Reset': String(resetAt),
});

const takeTurn = (chat: Chat, route: Route, address: string, session: Session | undefined): RateVerdict | undefined => {
  const { settings } = chat;
  if (!settings.flag('API_Enable_Rate_Limiter')) return undefined;
  if (session && hasPermission(chat.state, session.user, 'api-bypass-rate-limit')) return undefined;
  return chat.limiter.take(
    `${route.method} ${route.path} ${address}`,
    settings.number('API_Enable_Rate_Limiter_Limit_Calls_Default'),
    settings.number('API_Enable_Rate_Limiter_Limit_Time_Default'),
  );
};

const demandSchema = (schema: Schema | undefined, value: Fields, errorType: string): void => {
  const problems = schema ? schemaProblems(schema, value) : [];
  if (problems.length > 0) throw invalidParams(problems, errorType);
};

const demandBody = (chat: Chat, { body }: Route, value: Fields): void =>
  demandSchema(typeof body === 'function' ? body(chat.traits) : body, value, 'invalid-params');

const demandLogin = (route: Route, session: Session | undefined): void => {
  if (!route.open && !session) throw notLoggedIn();
};

const runClosed = async (route: Extract<Route, { open?: false }>, call: Call): Promise<Fields> => {
  for (const permission of route.permissions ?? [])
    if (!hasPermission(call.chat.state, call.user, permission)) throw routeForbidden();
  demandSchema(route.query, call.query, call.chat.traits.querySchemaErrorType);
  demandBody(call.chat, route, call.body);
  if (route.secondFactor)
    demandSecondFactor(call.chat, {
      session: call.session,
      code: call.request.headers['x-2fa-code'],
      method: call.request.headers['x-2fa-method'],
      userAgent: call.request.headers['user-agent'] ?? '',
      address: call.address,
      mayRemember: route.secondFactor === 'remembered',
    });
  return route.run(call);
};

const runOpen = async (route: Extract<Route, { open: true }>, call: OpenCall): Promise<Fields> => {
  demandSchema(route.query, call.query, call.chat.traits.querySchemaErrorType);
  demandBody(call.chat, route, call.body);
  return route.run(call);
};

/** 9.0: a refused login and a thrown `error-unauthorized` are 401 `unauthorized`, what a handler forbids 403 `forbidden`. */
const inOneWord = (error: ApiError): StandinReply => {
  const as = (status: number, word: string): StandinReply => ({ status, body: { success: false, error: word } });
  if (error.status === 401 || error.code === 'error-unauthorized') return as(401, 'unauthorized');
  if (error.status === 403) return as(403, 'forbidden');
  return { status: error.status, body: error.body };
};

const refusalOf = (chat: Chat, error: ApiError): StandinReply =>
  chat.traits.refusesInOneWord ? inOneWord(error) : { status: error.status, body: error.body };

const answer = async (chat: Chat, route: Route, call: OpenCall): Promise<StandinReply> => {
  demandLogin(route, call.session);
  const turn = takeTurn(chat, route, call.address, call.session);
  const headers = turn ? limitHeaders(turn) : {};
  try {
    if (turn && !turn.allowed) throw tooMany(turn.secondsLeft);
    const { session } = call;
    const body = route.open
      ? await runOpen(route, call)
      : session
        ? await runClosed(route, { ...call, session, user: session.user })
        : {};
    return { status: 200, headers, body: 'success' in body ? body : { ...body, success: true } };
  } catch (thrown) {
    if (thrown instanceof ApiError) return { ...refusalOf(chat, thrown), headers };
    throw thrown;
  }
};

const NOT_FOUND: StandinReply = { status: 404, body: '404 Not Found' };

/** The REST interface below `/api/v1/`. */
export const createRest = (chat: Chat, routes: readonly Route[]): Rest => {
  const router = findMyWay({ ignoreTrailingSlash: true });
  for (const route of routes) router.on(route.method, `${PREFIX}${route.path}`, () => undefined, route);
  return async (request) => {
    const found = router.find(request.method as 'GET', request.path);
    if (!found) return NOT_FOUND;
    try {
      return await answer(chat, found.store as Route, {
        chat,
        request,
        address: clientAddress(request.headers, request.remoteAddress, chat.env),
        query: Object.fromEntries(request.query),
        body: request.method === 'GET' ? {} : readBody(request),
        params: found.params,
        session: sessionOf(chat, request),
      });
    } catch (thrown) {
      if (thrown instanceof ApiError) return refusalOf(chat, thrown);
      throw thrown;
    }
  };
};
