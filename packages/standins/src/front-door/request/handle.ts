/** A request's way through the configuration: server, location, `set` and `return`, then a file or a back end. */
import type { ServerContext } from '../../standin.ts';
import type { Action, DoorConfig, Location, Settings } from '../config/model.ts';
import { refuseRequest, sendReply } from './answer.ts';
import type { Exchange, Reply } from './exchange.ts';
import { serveFile, typeFor } from './files.ts';
import type { Limiter } from './limiter.ts';
import { findBackEnd, passToBackEnd } from './proxy.ts';
import { chooseLocation, normalisePath } from './route.ts';
import { createValues, type RequestValues } from './values.ts';

/** nginx stops at ten internal redirects, too. */
const MOST_REDIRECTS = 10;

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The way so far. */
interface Course {
  readonly path: string;
  readonly method: string;
  /** Not what the client asked for: an index, an error page. */
  readonly internal: boolean;
  /** The status an error page is sent with. */
  readonly status?: number;
}

type Outcome = Reply | { readonly instead: string } | undefined;

const runActions = (
  actions: readonly Action[],
  { values, set }: RequestValues,
  settings: Settings,
  path: string,
): Reply | undefined => {
  for (const action of actions) {
    if (action.kind === 'set') {
      set(action.variable, action.value(values));
      continue;
    }
    const text = action.body?.(values);
    if (text === undefined) return { status: action.status };
    if (REDIRECTS.has(action.status)) return { status: action.status, headers: [['Location', text]] };
    return { status: action.status, body: text, type: typeFor(settings, path) };
  }
  return undefined;
};

const isTooLarge = ({ request }: Exchange, { maxBodyBytes }: Settings): boolean =>
  maxBodyBytes > 0 && Number(request.headers['content-length'] ?? 0) > maxBodyBytes;

export interface Door {
  readonly config: DoorConfig;
  readonly lookup: ServerContext['lookup'];
  readonly limiter: Limiter;
}

const content = async (
  exchange: Exchange,
  door: Door,
  { location, settings }: { readonly location: Location | undefined; readonly settings: Settings },
  request: RequestValues,
  course: Course,
): Promise<Outcome> => {
  if (location?.internal && !course.internal) return { status: 404 };
  if (!course.internal && isTooLarge(exchange, settings)) return { status: 413 };
  const early = runActions(location?.actions ?? [], request, settings, course.path);
  if (early !== undefined) return early;
  const { values } = request;
  if (!course.internal && door.limiter.isTooMany(settings, values)) return { status: settings.limitStatus };
  if (location?.methods?.has(course.method) === false) return { status: 403 };
  if (settings.proxyPass === undefined)
    return serveFile(exchange, settings, location, course.path, values, course.method);
  const backEnd = findBackEnd(settings.proxyPass, values, door.lookup);
  return backEnd === undefined ? { status: 502 } : passToBackEnd(exchange, settings, backEnd, request);
};

const follow = async (
  exchange: Exchange,
  door: Door,
  request: RequestValues,
  course: Course,
  left: number,
): Promise<void> => {
  request.moveTo(course.path);
  const location = chooseLocation(exchange.server, course.path);
  const settings = location?.settings ?? exchange.server.settings;
  const outcome: Outcome =
    left === 0 ? { status: 500 } : await content(exchange, door, { location, settings }, request, course);
  if (outcome === undefined) return;
  if ('instead' in outcome)
    return follow(exchange, door, request, { ...course, path: outcome.instead, internal: true }, left - 1);
  const page =
    outcome.body === undefined && course.status === undefined ? settings.errorPages.get(outcome.status) : undefined;
  if (page !== undefined) {
    const status = page.status ?? outcome.status;
    const path = page.uri(request.values);
    return follow(exchange, door, request, { path, method: 'GET', internal: true, status }, left - 1);
  }
  const status = outcome.status === 200 ? (course.status ?? 200) : outcome.status;
  sendReply(exchange, settings, { ...outcome, status }, request.values);
};

export const handle = async (exchange: Exchange, door: Door): Promise<void> => {
  const { server } = exchange;
  const path = normalisePath(exchange.target);
  if (path === undefined) return refuseRequest(exchange.response());
  const request = createValues(exchange, path, door.config);
  const early = runActions(server.actions, request, server.settings, path);
  if (early !== undefined) return sendReply(exchange, server.settings, early, request.values);
  return follow(
    exchange,
    door,
    request,
    { path, method: exchange.request.method ?? 'GET', internal: false },
    MOST_REDIRECTS,
  );
};
