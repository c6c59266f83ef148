import { baseUrl } from '../contracts/addresses.ts';
import type { HttpResponse } from '../contracts/http.ts';
import type { Ports } from '../contracts/ports.ts';
import { notReady, type Probe, ready } from '../contracts/probe.ts';
import type { HttpTarget } from '../stack/stack.ts';
import { hasTexts, readJson } from '../values/shape.ts';
import { answerOf } from './foreseen.ts';

export type HttpSpec = {
  readonly what: 'http';
  readonly target: HttpTarget;
  /** Begins with a slash. */
  readonly path: string;
  readonly status: number;
};

/** Well under the waiting loop's own limit, so that the reason names the server. */
const TIMEOUT_MS = 3_000;

const LONGEST_SAID = 200;

/** Plain words, or the reason that a JSON object gives as `why`; a page is no reason. */
const wordsIn = ({ headers, body }: HttpResponse): string => {
  const type = headers['content-type'] ?? '';
  if (type.startsWith('text/plain')) return body;
  const read = type.startsWith('application/json') ? readJson(body) : undefined;
  return hasTexts(read, 'why') ? String((read as { readonly why: string }).why) : '';
};

/** What the server says of it, its first line. */
const saidIn = (response: HttpResponse): string => {
  const [first = ''] = wordsIn(response).trim().split('\n');
  return first === '' ? '' : `: ${first.slice(0, LONGEST_SAID)}`;
};

/** The path answers with exactly this status. */
export const createHttpProbe = ({ target, path, status }: HttpSpec, { http, addresses }: Ports): Probe => ({
  id: 'http',
  ask: (signal) =>
    answerOf(signal, async () => {
      const url = `${baseUrl(addresses, target)}${path}`;
      const response = await http.request({ method: 'GET', url, timeoutMs: TIMEOUT_MS, signal });
      if (response.status !== status) {
        return notReady(`${path} answers ${response.status} instead of ${status}${saidIn(response)}`);
      }
      return ready(`${path} answers ${status}`);
    }),
});
