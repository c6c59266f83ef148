/** Whether forms get through: what is made of each answer, and the stand-in's, which rejects them as Rails does. */
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../../../src/adapters/http.ts';
import type { Http, HttpRequest, HttpResponse } from '../../../../../src/contracts/http.ts';
import type { Answer } from '../../../../../src/contracts/probe.ts';
import { askForms } from '../../../../../src/parts/gitlab/probes/ask-forms.ts';
import { createGitLabProbe } from '../../../../../src/parts/gitlab/probes/gitlab.ts';
import { signInFormOf } from '../../../../../src/parts/gitlab/probes/sign-in-form.ts';
import { parseProbe } from '../../../../../src/prober/read-words.ts';
import { PROBE_KINDS } from '../../../../../src/wiring/probe-kinds.ts';
import { createWorld } from '../../../../builders/gitlab-ports.ts';
import { atEnd } from '../../../../helpers/at-end.ts';
import { startGitLab } from '../../../../standins/gitlab/start-gitlab.ts';

const signal = new AbortController().signal;
const URL_OF_GIT = 'https://git.example.org';
const PAGE: HttpResponse = {
  status: 200,
  headers: { 'set-cookie': '_gitlab_session=abc; path=/; secure; HttpOnly' },
  body: '<form><input type="hidden" name="authenticity_token" value="t/1+2=="></form>',
};
const REJECTED: HttpResponse = { status: 422, headers: {}, body: '<h1>422</h1>The change you requested was rejected.' };

/** Answers the page, then the form; what was asked is kept. */
const played = (page: HttpResponse, answer: HttpResponse): { readonly http: Http; readonly asked: HttpRequest[] } => {
  const asked: HttpRequest[] = [];
  const request = async (each: HttpRequest): Promise<HttpResponse> => {
    asked.push(each);
    return each.method === 'GET' ? page : answer;
  };
  return { http: { request, upgrade: async () => 0 }, asked };
};

const answered = (page: HttpResponse, answer: HttpResponse, url = URL_OF_GIT): Promise<Answer> =>
  askForms(played(page, answer).http, url, signal);

/** What, why and next in one; `ready …`, `not-ready …`. */
const text = (answer: Answer): string => {
  if (answer.kind !== 'cannot-tell') return `${answer.kind} ${answer.kind === 'ready' ? answer.detail : answer.reason}`;
  const { code, what, why, next } = answer.error;
  return [code, what, why, next].join('\n');
};

describe('the form of a page', () => {
  it.each([
    ['of a form', '<input value="a&amp;b" name="authenticity_token" type="hidden">', 'a&b'],
    ['of the page', '<meta name="csrf-token" content="c==">', 'c=='],
    [
      'of the form before that of the page',
      '<meta name="csrf-token" content="c"><input name="authenticity_token" value="f">',
      'f',
    ],
    ['that is not there', '<input name="q" value="x">', undefined],
  ])('has the token %s', (_what, body, token) => {
    expect(signInFormOf({ status: 200, headers: {}, body }, 'https:').token).toBe(token);
  });

  it.each([
    ['https:', 'a=1; b=2; c=3', false],
    ['http:', 'a=1; c=3', true],
  ])('brings the cookies that a browser keeps by %s', (scheme, cookie, withheld) => {
    const lines = 'a=1; Expires=Thu, 01 Jan 2037 00:00:00 GMT; path=/, b=2; Secure; HttpOnly, c=3; SameSite=None';
    const response = { status: 200, headers: { 'set-cookie': lines }, body: '' };
    expect(signInFormOf(response, scheme)).toMatchObject({ cookie, withheld });
  });
});

describe('asking whether forms get through', () => {
  it('sends the form as a browser does, for nobody', async () => {
    const { http, asked } = played(PAGE, { ...PAGE, status: 200 });
    expect(text(await askForms(http, URL_OF_GIT, signal))).toBe(`ready forms sent to ${URL_OF_GIT} get through`);
    expect(asked[1]).toMatchObject({
      method: 'POST',
      url: `${URL_OF_GIT}/users/sign_in`,
      headers: { Origin: URL_OF_GIT, Cookie: '_gitlab_session=abc' },
    });
    expect(new URLSearchParams(asked[1]?.body).get('authenticity_token')).toBe('t/1+2==');
    expect(new URLSearchParams(asked[1]?.body).get('user[login]')).toBe('chatops-up:forms:nobody');
  });

  it.each([
    ['a page that says the password is wrong', { ...PAGE, status: 200 }],
    ['the same with 422', { ...PAGE, status: 422 }],
    ['a redirect', { status: 302, headers: {}, body: '' }],
  ])('is content with %s', async (_what, answer) => {
    expect((await answered(PAGE, answer)).kind).toBe('ready');
  });

  it('explains a rejection by the address that GitLab takes itself for', async () => {
    const said = text(await answered(PAGE, REJECTED));
    expect(said).toContain('rejects every form that is sent to https://git.example.org (422)');
    expect(said).toContain('`Origin: https://git.example.org`');
    expect(said).toContain('does not match its external_url');
    expect(said).toContain('let `public` in chatops.yaml say');
  });

  it('explains a rejection by a cookie that browsers do not send back', async () => {
    expect(text(await answered(PAGE, REJECTED, 'http://git.example.org'))).toContain('its cookie is for https alone');
  });

  it('explains a rejection by a cookie that got lost', async () => {
    expect(text(await answered({ ...PAGE, headers: {} }, REJECTED))).toContain('drops Set-Cookie');
  });

  it.each([
    [502, 'not-ready https://git.example.org/users/sign_in answers 502: GitLab is away'],
    [429, 'not-ready https://git.example.org takes no more tries of passwords for now (429)'],
  ])('waits where the form is answered with %i', async (status, says) => {
    expect(text(await answered(PAGE, { status, headers: {}, body: '' }))).toBe(says);
  });

  it.each([
    ['GitLab is away', { status: 502, headers: {}, body: '' }, 'not-ready'],
    ['another Host arrives', { status: 404, headers: {}, body: 'no such host here' }, 'the front door knows no host'],
    [
      'it leads elsewhere',
      { status: 301, headers: { location: 'https://x/' }, body: '' },
      'sends browsers to https://x/',
    ],
    ['there is another page', { status: 200, headers: {}, body: '<p>hello' }, 'the page has no form with a token'],
    ['it is closed', { status: 403, headers: {}, body: '' }, 'HTTP 403'],
  ])('says of the page that %s', async (_what, page, says) => {
    expect(text(await answered(page, REJECTED))).toContain(says);
  });

  it('wants a token, forms or both', () => {
    const spec = { what: 'gitlab', target: { kind: 'url', url: URL_OF_GIT }, inside: false } as const;
    expect(() => createGitLabProbe(spec, createWorld().ports)).toThrow('--token-from, --forms or both');
  });
});

describe('forms of the GitLab stand-in', () => {
  const started = async (externalUrl?: string) => {
    const env = externalUrl === undefined ? {} : { GITLAB_OMNIBUS_CONFIG: `external_url '${externalUrl}'` };
    const gitlab = await startGitLab({ env });
    atEnd(() => gitlab.stop());
    return gitlab;
  };

  it('get through where it is asked under its own address', async () => {
    const { url } = await started();
    expect((await askForms(createHttp(), url, signal)).kind).toBe('ready');
  });

  it('are rejected where its external_url says another scheme', async () => {
    const { url } = await started('https://git.example.org');
    expect(text(await askForms(createHttp(), url, signal))).toContain('its cookie is for https alone');
  });
});

describe('the words of the probe', () => {
  it('need no token where only forms are asked', () => {
    const { request } = parseProbe(['gitlab', URL_OF_GIT, '--forms'], PROBE_KINDS) ?? {};
    const target = { kind: 'url', url: URL_OF_GIT };
    expect(request).toEqual({ kind: 'spec', spec: { what: 'gitlab', target, inside: false, forms: true } });
  });
});
