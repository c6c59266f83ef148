/** Everything outside `/api`: health, pages, sign-in, git over HTTP. */
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import type { HealthSwitches } from '../controls.ts';
import { gitReply } from '../git/smart-http.ts';
import { html } from '../http/reply.ts';
import type { World } from '../world.ts';
import { healthReply } from './health.ts';
import { oauthToken } from './oauth.ts';
import { createWeb } from './sign-in.ts';

const HELP = `<!DOCTYPE html>
<html lang="en"><head><title>Help · GitLab</title></head><body><h1>GitLab</h1><p>Help</p></body></html>
`;
const MISSING = `<!DOCTYPE html>
<html><head><title>The page could not be found (404)</title></head><body><h1>404</h1><p>Page not found</p></body></html>
`;

export interface Site {
  answer(request: StandinRequest): Promise<StandinReply>;
}

export const createSite = (world: World, switches: HealthSwitches): Site => {
  const web = createWeb(world);
  const signInUrl = `${world.externalUrl}/users/sign_in`;

  const page = (request: StandinRequest): StandinReply => {
    const { method, path } = request;
    if (path === '/users/sign_in') return method === 'POST' ? web.signIn(request) : web.signInPage();
    if (path === '/oauth/token' && method === 'POST') return oauthToken(world, request);
    if (path === '/help') return html(200, HELP);
    if (path === '/robots.txt')
      return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'User-Agent: *\nDisallow: /users\n' };
    if (path === '/' || path.startsWith('/-/') === false)
      return html(302, `<html><body>You are being <a href="${signInUrl}">redirected</a>.</body></html>`, {
        Location: signInUrl,
      });
    return html(404, MISSING);
  };

  return {
    answer: async (request) => healthReply(request, switches) ?? (await gitReply(world, request)) ?? page(request),
  };
};
