import { baseUrl } from '../contracts/addresses.ts';
import type { HttpResponse } from '../contracts/http.ts';
import type { Ports } from '../contracts/ports.ts';
import { notReady, type Probe, ready } from '../contracts/probe.ts';
import type { HttpTarget } from '../stack/stack.ts';
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

/** What the server says in plain words, its first line; a page is no reason. */
const saidIn = ({ headers, body }: HttpResponse): string => {
  const [first = ''] = headers['content-type']?.startsWith('text/plain') ? body.trim().split('\n') : [];
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
