/** What `/-/liveness` and `/-/readiness` say. The bundled nginx words its own refusals (omnibus: nginx-gitlab-health.conf.erb). */

import type { Http, HttpResponse } from '../../../contracts/http.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { OwnWord, Readiness } from '../gitlab.ts';
import { saidBy } from './refusal.ts';

const NOT_ALLOWED = /nginx returned 404/;

const failedChecks = (response: HttpResponse): string => {
  const failing = [...response.body.matchAll(/"(\w+_check)":\[\{[^\]]*"status":"failed"/g)].map(([, name]) => name);
  return failing.length === 0 ? saidBy(response) : `${failing.join(', ')} failed`;
};

export const readinessOf = (response: HttpResponse): Readiness => {
  // An empty 404 is the same refusal from Rails itself, without the nginx in between.
  if (response.status === 404 && (NOT_ALLOWED.test(response.body) || response.body === ''))
    return { kind: 'not-allowed' };
  if (response.status !== 200) return { kind: 'not-ready', reason: `${response.status} ${failedChecks(response)}` };
  const isJson = (response.headers['content-type'] ?? '').includes('application/json');
  return isJson ? { kind: 'ready' } : { kind: 'not-ready', reason: '200, but not the health page of GitLab' };
};

/** `all=1`: with its database, Redis and Gitaly. */
const PATHS: Readonly<Record<OwnWord, string>> = {
  liveness: '/-/liveness',
  readiness: '/-/readiness',
  'whole-readiness': '/-/readiness?all=1',
};

export const askReadiness = async (
  http: Http,
  url: string,
  about: OwnWord,
  signal: AbortSignal,
): Promise<Readiness> => {
  try {
    return readinessOf(await http.request({ method: 'GET', url: `${url}${PATHS[about]}`, signal }));
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof ChatopsError && thrown.code === 'UNREACHABLE') {
      return { kind: 'not-ready', reason: thrown.why ?? thrown.what };
    }
    throw thrown;
  }
};
