import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FIRST_BOOT } from '@chatops-up/standins/internal/gitlab/boot';
import { afterEach, describe, expect, it } from 'vitest';
import { createSteppedTime } from '../../fakes/stepped-time.ts';
import { call, type StartedGitLab, type StartOptions, startGitLab } from './start-gitlab.ts';

const started: StartedGitLab[] = [];
const start = async (options: StartOptions = {}): Promise<StartedGitLab> => {
  const gitlab = await startGitLab(options);
  started.push(gitlab);
  return gitlab;
};
afterEach(async () => {
  for (const gitlab of started.splice(0)) await gitlab.stop();
});

const textOf = async (answer: Response): Promise<string> =>
  `${answer.status} ${answer.headers.get('content-type')} ${(await answer.text()).split('\n')[0]}`;

/** The first answer of a port that is about to open. */
const firstAnswer = async (url: string): Promise<Response> => {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return answer;
  }
};

const SCRIPT = 'gitlab-rails runner \'... name: "ours", scopes: ["api", "admin_mode"], expires_at: 300.days.from_now\'';
const PRESET = 'glpat-12345678901234';

describe('the first start', () => {
  it('refuses, then answers 502 as text on /-/health, then is well', async () => {
    const time = createSteppedTime();
    const gitlab = await start({ boots: true, time });
    const url = `${gitlab.url}/-/health`;
    await expect(fetch(url)).rejects.toThrow();
    time.pass(FIRST_BOOT.refusedMs);
    expect(await textOf(await firstAnswer(url))).toBe(
      '502 text/plain nginx returned 502 when communicating with gitlab-workhorse',
    );
    time.pass(FIRST_BOOT.readyMs - FIRST_BOOT.refusedMs);
    expect(await textOf(await fetch(url))).toBe('200 text/plain GitLab OK');
  });

  it('answers 502 as JSON on readiness and as a page elsewhere', async () => {
    const gitlab = await start({ boots: true, boot: { refusedMs: 0, readyMs: 1e9, scriptMs: 1e9 }, speed: 1 });
    const ask = async (path: string) => {
      const answer = await firstAnswer(`${gitlab.url}${path}`);
      return [answer.status, answer.headers.get('content-type')];
    };
    expect(await ask('/-/readiness?all=1')).toEqual([502, 'application/json']);
    expect(await ask('/users/sign_in')).toEqual([502, 'text/html']);
    expect(await ask('/api/v4/version')).toEqual([502, 'text/html']);
  });

  it('is ready before the first token lives, so only an authenticated 200 proves it usable', async () => {
    const time = createSteppedTime();
    const gitlab = await start({
      boots: true,
      boot: { refusedMs: 0, readyMs: 0, scriptMs: 10_000 },
      time,
      env: { GITLAB_POST_RECONFIGURE_SCRIPT: SCRIPT, CHATOPS_GITLAB_TOKEN: PRESET },
    });
    time.pass(0);
    const readiness = await firstAnswer(`${gitlab.url}/-/readiness?all=1`);
    const early = await call(gitlab, 'GET', '/version', undefined, PRESET);
    time.pass(10_000);
    await gitlab.server.ready;
    const late = await call(gitlab, 'GET', '/version', undefined, PRESET);
    expect([readiness.status, early.status, late.status]).toEqual([200, 401, 200]);
  });

  it('makes the preset token with the scopes, name and expiry of the script', async () => {
    const gitlab = await start({ env: { GITLAB_POST_RECONFIGURE_SCRIPT: SCRIPT, CHATOPS_GITLAB_TOKEN: PRESET } });
    const self = await call(gitlab, 'GET', '/personal_access_tokens/self', undefined, PRESET);
    expect(self.body).toMatchObject({ name: 'ours', scopes: ['api', 'admin_mode'], active: true });
  });

  it.each([
    ['glpat-tooshort', SCRIPT, /exactly 20 characters/],
    [PRESET, SCRIPT.replace('300', '400'), /must be before \d{4}-/],
  ])('a preset token that breaks a rule ends the container (%s)', async (token, script, reason) => {
    const gitlab = await startGitLab({
      boots: true,
      boot: { refusedMs: 0, readyMs: 0, scriptMs: 0 },
      env: { GITLAB_POST_RECONFIGURE_SCRIPT: script, CHATOPS_GITLAB_TOKEN: token },
    });
    started.push(gitlab);
    expect(await gitlab.server.crashed).toMatch(reason);
  });

  it.each([
    ['short', /Length is too short, minimum is 8 characters/],
    ['MyGitLab-98765', /Could not create the default administrator account/],
    ['MyRootPass1!', /Could not create the default administrator account/],
    ['xx-Administrator-7', /Could not create the default administrator account/],
    ['Example-123456', /Could not create the default administrator account/],
  ])('the password %s is refused by the seed and the container ends', async (password, reason) => {
    const gitlab = await start({ boots: true, speed: 5_000, env: { GITLAB_ROOT_PASSWORD: password } });
    expect(await gitlab.server.crashed).toMatch(reason);
  });

  it('writes a password of its own to a file only when none was given', async () => {
    const own = await start();
    const given = await start({ env: { GITLAB_ROOT_PASSWORD: 'Correct-Horse-9' } });
    expect(readFileSync(join(own.dir, 'initial_root_password'), 'utf8')).toMatch(/^Password: \S{44}\n$/);
    expect(() => readFileSync(join(given.dir, 'initial_root_password'))).toThrow(/ENOENT/);
  });
});

describe('another token in .env', () => {
  const withToken = (dir: string, script: string, value: string) =>
    start({ dir, env: { GITLAB_POST_RECONFIGURE_SCRIPT: script, CHATOPS_GITLAB_TOKEN: value } });
  const statusOf = async (gitlab: StartedGitLab, value: string) =>
    (await call(gitlab, 'GET', '/version', undefined, value)).status;
  const NEXT = 'glpat-NextToken-1234';

  it.each([
    ['leaves the one before alive', SCRIPT, 200],
    ['ends the one before when the script revokes it', `${SCRIPT}.each(&:revoke!)`, 401],
  ])('%s', async (_what, script, status) => {
    const dir = mkdtempSync(join(tmpdir(), 'gitlab-standin-'));
    await (await withToken(dir, script, PRESET)).stop();
    const later = await withToken(dir, script, NEXT);
    expect([await statusOf(later, NEXT), await statusOf(later, PRESET)]).toEqual([200, status]);
  });

  it.each([
    ['known by a marker in the volume of the configuration, is not set when the database is lost', '/etc/gitlab', 401],
    ['known by a marker beside the database, is set again when that is lost', '/var/opt/gitlab', 200],
  ])('%s', async (_what, folder, status) => {
    const dir = mkdtempSync(join(tmpdir(), 'gitlab-standin-'));
    const script = `marker=${folder}/.token\n${SCRIPT}`;
    await (await withToken(dir, script, PRESET)).stop();
    for (const lost of ['gitlab.jsonl', 'data.jsonl']) rmSync(join(dir, lost), { recursive: true, force: true });
    expect(await statusOf(await withToken(dir, script, PRESET), PRESET)).toBe(status);
  });
});

describe('a later start', () => {
  it('finds everything the first one kept, and takes less time', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gitlab-standin-'));
    const first = await startGitLab({ dir });
    const project = first.server.controls.addProject('ops/demo');
    const runner = await call(first, 'POST', '/user/runners', { runner_type: 'instance_type', description: 'kept' });
    await first.stop();

    const second = await startGitLab({ dir });
    const again = await call(second, 'GET', `/projects/${project.id}`, undefined, first.token);
    const verified = await call(second, 'POST', '/runners/verify', { token: runner.body.token });
    await second.stop();
    rmSync(dir, { recursive: true });

    expect(again.body.path_with_namespace).toBe('ops/demo');
    expect(verified.body.id).toBe(runner.body.id);
  });

  it('another root password in the environment does nothing and says nothing', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gitlab-standin-'));
    const first = await startGitLab({ dir, version: '18.2.0', env: { GITLAB_ROOT_PASSWORD: 'Correct-Horse-9' } });
    await first.stop();
    const second = await startGitLab({ dir, version: '18.2.0', env: { GITLAB_ROOT_PASSWORD: 'Other-Horse-10' } });
    const grant = async (password: string) =>
      (
        await fetch(`${second.url}/oauth/token`, {
          method: 'POST',
          body: new URLSearchParams({ grant_type: 'password', username: 'root', password }),
        })
      ).status;
    const statuses = [await grant('Correct-Horse-9'), await grant('Other-Horse-10')];
    await second.stop();
    rmSync(dir, { recursive: true });
    expect(statuses).toEqual([200, 401]);
  });
});

describe('health paths', () => {
  it('an address that is not on the list gets nginx’s 404 bodies, for ever', async () => {
    const gitlab = await start({ clientAllowList: ['10.0.0.0/8'] });
    const ask = async (path: string) => {
      const answer = await fetch(`${gitlab.url}${path}`);
      return [answer.status, await answer.text()];
    };
    const text = 'nginx returned 404 when communicating with gitlab-workhorse';
    expect(await ask('/-/health')).toEqual([404, `${text}\n`]);
    expect(await ask('/-/readiness')).toEqual([404, JSON.stringify({ error: text, status: 404 })]);
    expect(await ask('/-/liveness')).toEqual([404, JSON.stringify({ error: text, status: 404 })]);
  });

  it('readiness with all=1 names the other checks too', async () => {
    const gitlab = await start();
    const plain = await (await fetch(`${gitlab.url}/-/readiness`)).json();
    const all = await (await fetch(`${gitlab.url}/-/readiness?all=1`)).json();
    expect(Object.keys(plain as object)).toEqual(['status', 'master_check']);
    expect(Object.keys(all as object)).toContain('gitaly_check');
  });

  it('the API answers 401 without a token: up, and not more', async () => {
    const gitlab = await start();
    const answer = await call(gitlab, 'GET', '/version', undefined, '');
    expect([answer.status, answer.body]).toEqual([401, { message: '401 Unauthorized' }]);
  });
});

describe('a script with a table of tokens', () => {
  const READS = 'glpat-ReadToken-1234';
  const TABLE = `gitlab-rails runner '{
    "CHATOPS_GITLAB_TOKEN" => ["ours", ["api", "admin_mode"]],
    "OTHER_TOKEN" => ["ours reads", ["read_api"]]
  }.each do |variable, (name, scopes)| token.expires_at = 300.days.from_now; where(name: name).each(&:revoke!) end'`;
  const withTokens = (dir: string, value: string) =>
    start({
      dir,
      env: { GITLAB_POST_RECONFIGURE_SCRIPT: TABLE, CHATOPS_GITLAB_TOKEN: value, OTHER_TOKEN: READS },
    });
  const selfOf = async (gitlab: StartedGitLab, value: string) =>
    call(gitlab, 'GET', '/personal_access_tokens/self', undefined, value);

  it('makes each with its name and scopes', async () => {
    const gitlab = await withTokens(mkdtempSync(join(tmpdir(), 'gitlab-standin-')), PRESET);
    expect((await selfOf(gitlab, PRESET)).body).toMatchObject({ name: 'ours', scopes: ['api', 'admin_mode'] });
    expect((await selfOf(gitlab, READS)).body).toMatchObject({ name: 'ours reads', scopes: ['read_api'] });
    const refused = await call(gitlab, 'POST', '/projects', { name: 'x' }, READS);
    expect(refused.status).toBe(403);
  });

  it('revokes only the one before of the same name', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'gitlab-standin-'));
    await (await withTokens(dir, PRESET)).stop();
    const gitlab = await withTokens(dir, 'glpat-NextToken-1234');
    expect((await selfOf(gitlab, PRESET)).status).toBe(401);
    expect((await selfOf(gitlab, READS)).status).toBe(200);
  });
});
