/**
 * Whether forms get through: the sign-in page is fetched and its form sent as a browser does, with token, cookie and
 * `Origin`, for an account that nobody has. Nothing is logged in; a page that says so is what is wanted. Calls with a
 * token of the API never meet this check of Rails (ActionController::RequestForgeryProtection), so no other probe sees it.
 */
import type { Http, HttpResponse } from '../../../contracts/http.ts';
import { type Answer, cannotTell, notReady, ready } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { type SignInForm, signInFormOf } from './sign-in-form.ts';

const PATH = '/users/sign_in';
const TIMEOUT_MS = 10_000;
/** Nobody's: names of GitLab's users hold no colon. */
const NOBODY = 'chatops-up:forms:nobody';

const GATEWAY_ERRORS: readonly number[] = [502, 503, 504];

const unexpected = (what: string, why: string, next: string): Answer =>
  cannotTell(new ChatopsError('UNEXPECTED_ANSWER', { what, why, next }));

/** Why it is not even asked by a form; undefined where the page is there. */
const pageTrouble = (url: string, { status, headers, body }: HttpResponse, form: SignInForm): Answer | undefined => {
  if (GATEWAY_ERRORS.includes(status)) return notReady(`${url}${PATH} answers ${status}: GitLab is away`);
  if (status === 404 && body.includes('no such host here')) {
    const next =
      'let the proxy before the front door pass Host on as it got it (nginx: proxy_set_header Host $http_host)';
    return unexpected(`the front door knows no host ${url}`, 'another Host reaches it than was asked for', next);
  }
  if (status >= 300 && status < 400) {
    const why = `it sends browsers to ${headers.location ?? 'nowhere'}`;
    return unexpected(`${url} shows no sign-in page`, why, 'ask at the address that users type');
  }
  if (status !== 200 || form.token === undefined) {
    const why = status === 200 ? 'the page has no form with a token' : `HTTP ${status}`;
    return unexpected(`${url} shows no sign-in page`, why, 'check that this is the public address of GitLab');
  }
  return undefined;
};

const whyRejected = (origin: string, { cookie, withheld }: SignInForm): string => {
  if (cookie !== undefined) {
    return `browsers say \`Origin: ${origin}\`, and GitLab takes itself for another address: the scheme that is forwarded to it, or the Host that reaches it, does not match its external_url`;
  }
  return withheld
    ? 'its cookie is for https alone, as its external_url begins with https, and the page came by http: browsers do not send it back'
    : 'no cookie came with the page: what stands between drops Set-Cookie';
};

const rejected = (url: string, form: SignInForm): Answer => {
  const { origin } = new URL(url);
  return unexpected(
    `GitLab rejects every form that is sent to ${url} (422)`,
    whyRejected(origin, form),
    `its external_url has to be ${origin}: let \`public\` in chatops.yaml say the scheme and the port that users type and all addresses that the proxy before the front door comes from, let that proxy pass Host on, and run \`chatops-up up\``,
  );
};

const judge = (url: string, { status, body }: HttpResponse, form: SignInForm): Answer => {
  if (GATEWAY_ERRORS.includes(status)) return notReady(`${url}${PATH} answers ${status}: GitLab is away`);
  if (status === 429) return notReady(`${url} takes no more tries of passwords for now (429)`);
  // A page with the form again is no rejection: Devise may answer a wrong password with 422, too.
  const isPage = signInFormOf({ status, headers: {}, body }, 'https:').token !== undefined;
  if (status === 422 && !isPage) return rejected(url, form);
  if (status === 422 || (status >= 200 && status < 400)) return ready(`forms sent to ${url} get through`);
  return unexpected(`${url} does not take the sign-in form`, `HTTP ${status}`, 'read the log of GitLab');
};

/** @param url its public address, no trailing slash. @throws ChatopsError UNREACHABLE, UNEXPECTED_ANSWER */
export const askForms = async (http: Http, url: string, signal: AbortSignal): Promise<Answer> => {
  const { origin, protocol } = new URL(url);
  const limits = { timeoutMs: TIMEOUT_MS, signal };
  const page = await http.request({ method: 'GET', url: `${url}${PATH}`, headers: { Accept: 'text/html' }, ...limits });
  const form = signInFormOf(page, protocol);
  const trouble = pageTrouble(url, page, form);
  if (trouble) return trouble;
  const fields = {
    authenticity_token: form.token ?? '',
    'user[login]': NOBODY,
    'user[password]': 'none',
    'user[remember_me]': '0',
  };
  const headers = {
    Accept: 'text/html',
    'Content-Type': 'application/x-www-form-urlencoded',
    Origin: origin,
    Referer: `${url}${PATH}`,
    ...(form.cookie === undefined ? {} : { Cookie: form.cookie }),
  };
  const body = new URLSearchParams(fields).toString();
  return judge(url, await http.request({ method: 'POST', url: `${url}${PATH}`, headers, body, ...limits }), form);
};
