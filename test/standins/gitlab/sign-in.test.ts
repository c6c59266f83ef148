import { afterEach, describe, expect, it } from 'vitest';
import { type StartedGitLab, type StartOptions, startGitLab } from './start-gitlab.ts';

const started: StartedGitLab[] = [];
const start = async (options: StartOptions = {}): Promise<StartedGitLab> => {
  const gitlab = await startGitLab(options);
  started.push(gitlab);
  return gitlab;
};
afterEach(async () => {
  for (const gitlab of started.splice(0)) await gitlab.stop();
});

/** The form as a browser sends it. */
const submit = async (
  gitlab: StartedGitLab,
  origin: string | undefined,
  password = 'wrong',
  cookie = true,
): Promise<Response> => {
  const page = await fetch(`${gitlab.url}/users/sign_in`);
  const token = /name="authenticity_token" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  return fetch(`${gitlab.url}/users/sign_in`, {
    method: 'POST',
    redirect: 'manual',
    headers: {
      ...(cookie ? { Cookie: page.headers.get('set-cookie')?.split(';')[0] ?? '' } : {}),
      ...(origin === undefined ? {} : { Origin: origin }),
    },
    body: new URLSearchParams({ authenticity_token: token, 'user[login]': 'root', 'user[password]': password }),
  });
};

describe('the sign-in form', () => {
  it('takes a wrong password with 200 and the right one with a redirect', async () => {
    const gitlab = await start({ env: { GITLAB_ROOT_PASSWORD: 'Correct-Horse-9' } });
    const wrong = await submit(gitlab, gitlab.url);
    const right = await submit(gitlab, gitlab.url, 'Correct-Horse-9');
    expect([wrong.status, right.status]).toEqual([200, 302]);
  });

  it('external_url says http and people arrive by https, so the form is rejected with 422', async () => {
    const gitlab = await start();
    const answer = await submit(gitlab, gitlab.url.replace('http:', 'https:'));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('The change you requested was rejected');
  });

  it('accepts the https origin when external_url says https, whatever scheme reached it', async () => {
    const gitlab = await start({ env: { GITLAB_OMNIBUS_CONFIG: "external_url 'https://git.example.com'" } });
    const answer = await submit(gitlab, gitlab.url.replace('http:', 'https:'));
    expect(answer.status).toBe(200);
  });

  it('rejects a form whose session cookie was lost', async () => {
    const gitlab = await start();
    const answer = await submit(gitlab, gitlab.url, 'wrong', false);
    expect(answer.status).toBe(422);
  });

  it('counts as a session in the ledger, not as a write', async () => {
    const gitlab = await start();
    await submit(gitlab, gitlab.url);
    expect(gitlab.server.ledger.totals()).toMatchObject({ session: 1, write: 0 });
  });
});
