/**
 * The sign-in form. Rails compares the browser's `Origin` with its own base URL, whose scheme the inner nginx takes from
 * external_url whatever the outer proxy said; a mismatch, a lost cookie or a wrong form token is 422.
 */
import { randomBytes } from '../../kit/chance.ts';
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import { parseForm } from '../http/forms.ts';
import { html } from '../http/reply.ts';
import { passwordFits } from '../passwords.ts';
import type { World } from '../world.ts';

const COOKIE = '_gitlab_session';
const REJECTED = `<!DOCTYPE html>
<html><head><title>The change you requested was rejected (422)</title></head>
<body><h1>422</h1><h3>The change you requested was rejected.</h3>
<p>Make sure you have access to the thing you tried to change.</p></body></html>
`;

const EDITIONS = { ce: 'Community', ee: 'Enterprise' } as const;

const page = (edition: keyof typeof EDITIONS, token: string, notice: string): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Sign in · GitLab</title>
<meta content="GitLab" property="og:site_name">
<meta name="csrf-param" content="authenticity_token">
<meta name="csrf-token" content="${token}">
</head>
<body class="login-page">
<h1>GitLab ${EDITIONS[edition]} Edition</h1>
${notice}
<form class="new_user" id="new_user" action="/users/sign_in" accept-charset="UTF-8" method="post">
<input type="hidden" name="authenticity_token" value="${token}" autocomplete="off">
<input name="user[login]" id="user_login" type="text" autocomplete="username">
<input name="user[password]" id="user_password" type="password" autocomplete="current-password">
<input type="hidden" name="user[remember_me]" value="0">
<button type="submit">Sign in</button>
</form>
</body>
</html>
`;

const cookieOf = (request: StandinRequest): string | undefined =>
  new RegExp(`(?:^|;\\s*)${COOKIE}=([^;]+)`).exec(request.headers.cookie ?? '')?.[1];

/** `https://git.example.com`, from the scheme of external_url and the Host header as it arrived. */
const baseUrl = (world: World, request: StandinRequest): string => {
  const { protocol } = new URL(world.externalUrl);
  const host = request.headers.host ?? new URL(world.externalUrl).host;
  return URL.canParse(`${protocol}//${host}`) ? new URL(`${protocol}//${host}`).origin : '';
};

const bodyForm = (request: StandinRequest) => parseForm(new URLSearchParams(request.body.toString('utf8')));

const credentials = (
  form: Readonly<Record<string, unknown>>,
): { readonly login: string; readonly password: string } => {
  const user = (typeof form.user === 'object' && form.user !== null ? form.user : {}) as Record<string, unknown>;
  return { login: String(user.login ?? form['user[login]'] ?? ''), password: String(user.password ?? '') };
};

export interface Web {
  signInPage(): StandinReply;
  signIn(request: StandinRequest): StandinReply;
}

export const createWeb = (world: World): Web => {
  /** Session cookie → its form token. */
  const sessions = new Map<string, string>();
  const secure = world.externalUrl.startsWith('https:') ? '; secure' : '';

  const withSession = (status: number, notice = ''): StandinReply => {
    const session = randomBytes(16).toString('hex');
    const token = randomBytes(32).toString('base64');
    sessions.set(session, token);
    return html(status, page(world.features.edition, token, notice), {
      'Set-Cookie': `${COOKIE}=${session}; path=/${secure}; HttpOnly; SameSite=Lax`,
    });
  };

  const forged = (request: StandinRequest, token: unknown): boolean => {
    const { origin } = request.headers;
    if (origin !== undefined && origin !== baseUrl(world, request)) return true;
    const session = cookieOf(request);
    return session === undefined || sessions.get(session) === undefined || sessions.get(session) !== token;
  };

  return {
    signInPage: () => withSession(200),
    signIn: (request) => {
      const form = bodyForm(request);
      const token = form.authenticity_token ?? request.headers['x-csrf-token'];
      if (forged(request, token)) return html(422, REJECTED);
      const { login, password } = credentials(form);
      const user = world.state.users.all().find(({ username, email }) => username === login || email === login);
      if (user === undefined || user.state === 'blocked' || !passwordFits(user.password, password))
        return withSession(200, '<div class="flash-alert">Invalid login or password.</div>');
      const session = randomBytes(16).toString('hex');
      sessions.set(session, randomBytes(32).toString('base64'));
      return html(302, '', {
        Location: `${world.externalUrl}/`,
        'Set-Cookie': `${COOKIE}=${session}; path=/${secure}; HttpOnly; SameSite=Lax`,
      });
    },
  };
};
