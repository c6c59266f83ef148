/** Finds the endpoint of a request below `/api/v4`, checks token and scope, runs it. */
import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import type { World } from '../world.ts';
import { authenticate, requireScope } from './auth.ts';
import { readParams } from './params.ts';
import { noSuchRoute, notAllowed, Refusal } from './reply.ts';
import type { Route } from './route.ts';

export const API_PREFIX = '/api/v4';
const METHODS: readonly HTTPMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export interface Router {
  answer(request: StandinRequest): Promise<StandinReply>;
}

const runRoute = async (
  world: World,
  route: Route,
  request: StandinRequest,
  pathParams: Readonly<Record<string, string | undefined>>,
): Promise<StandinReply> => {
  if ('open' in route) {
    const params = readParams(route.rawBody === true ? { ...request, body: Buffer.alloc(0) } : request, pathParams);
    return route.handle({ world, request, params });
  }
  const caller = authenticate(world, request);
  if (route.scopes !== 'any') requireScope(caller, route.scopes);
  return route.handle({ world, request, caller, params: readParams(request, pathParams) });
};

export const createRouter = (world: World, routes: readonly Route[]): Router => {
  const table = findMyWay({ ignoreTrailingSlash: true, maxParamLength: 2_000 });
  for (const route of routes) table.on(route.method, `${API_PREFIX}${route.path}`, () => undefined, route);

  const find = (method: string, path: string) => table.find(method as HTTPMethod, path);

  const answer = async (request: StandinRequest): Promise<StandinReply> => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const found = find(method, request.path);
    if (found === null)
      throw METHODS.some((other) => find(other, request.path) !== null) ? notAllowed() : noSuchRoute();
    return runRoute(world, found.store as Route, request, found.params);
  };

  return {
    answer: async (request) => {
      try {
        return await answer(request);
      } catch (thrown) {
        if (thrown instanceof Refusal) return thrown.reply;
        throw thrown;
      }
    },
  };
};
