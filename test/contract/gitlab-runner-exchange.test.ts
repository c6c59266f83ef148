/**
 * What a real gitlab-runner sent, request by request and in order (`data/gitlab/runner-exchange.json`),
 * against the stand-in: each must get the status, headers and fields that made the real one go on.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { have, leftOut } from '../helpers/available.ts';
import { contractData } from '../helpers/contract-data.ts';
import { call, type StartedGitLab, startGitLab } from '../standins/gitlab/start-gitlab.ts';

/** Names were shortened in the recorded log: a piece is filled up to the length its Content-Range states. */
const pieceLength = (range = ''): number => {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(range) ?? [];
  return from === undefined || to === undefined ? 0 : Number(to) - Number(from) + 1;
};

interface Step {
  readonly step: string;
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: unknown;
  };
  readonly response?: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: Readonly<Record<string, unknown>> | null;
  };
  /** `GET /ops/demo.git/info/refs?service=git-upload-pack` */
  readonly git?: string;
  readonly authorization?: string | null;
  readonly gitProtocol?: string;
}

const steps = contractData<{ readonly exchange: readonly Step[] }>('gitlab/runner-exchange.json').exchange;

const ALIVE = 'glrt-aliveAAAAAAAAAAAAAA';
/** The queue's mark is opaque, so only its presence counts; a `content-type` on an empty answer does nothing. */
const UNCOMPARED = ['content-type', 'job-status', 'x-gitlab-last-update'];

/** Fields of the job that a runner cannot do without. */
const JOB_FIELDS = ['id', 'token', 'job_info', 'git_info', 'runner_info', 'variables', 'steps', 'features'];

describe('a real runner’s recorded requests get the answers it needs, in order', () => {
  let gitlab: StartedGitLab;
  /** What the stand-in gave in place of the recorded job. */
  let job: { id: number; token: string } = { id: 0, token: '' };

  beforeAll(async () => {
    gitlab = await startGitLab();
    gitlab.server.controls.addRunner({ token: ALIVE, description: 'demo' });
    const project = gitlab.server.controls.addProject('ops/demo');
    await call(gitlab, 'POST', `/projects/${project.id}/repository/commits`, {
      branch: 'main',
      commit_message: 'first',
      actions: [
        { action: 'create', file_path: 'README.md', content: 'hello\n' },
        {
          action: 'create',
          file_path: '.gitlab-ci.yml',
          content: 'smoke:\n  script: [echo proven, cat README.md]\n',
        },
      ],
    });
  });
  afterAll(() => gitlab.stop());

  /** The recording's job number and token stand for those of this run. */
  const translated = (text: string): string =>
    text.replaceAll('glcbt-job-token', job.token).replace(/\/jobs\/101(?=$|\/|\?)/, `/jobs/${job.id}`);

  const replay = async ({ request }: Step): Promise<Response> => {
    const { method = 'GET', path = '/', headers = {}, body } = request ?? {};
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, translated(value)]));
    const text = typeof body === 'string' ? body : translated(JSON.stringify(body));
    return fetch(`${gitlab.url}${translated(path)}`, {
      method,
      headers: sent,
      ...(body === undefined ? {} : { body: text.padEnd(pieceLength(headers['content-range'])) }),
    });
  };

  const replayGit = ({ git = '', authorization, gitProtocol = '' }: Step): Promise<Response> => {
    const [method = 'GET', path = '/'] = git.split(' ');
    const credentials = Buffer.from(`gitlab-ci-token:${job.token}`).toString('base64');
    return fetch(`${gitlab.url}${path}`, {
      method,
      headers: {
        'Git-Protocol': gitProtocol,
        ...(authorization === null ? {} : { Authorization: `Basic ${credentials}` }),
        ...(method === 'POST' ? { 'Content-Type': 'application/x-git-upload-pack-request' } : {}),
      },
      // ls-refs, as protocol version 2 writes it.
      ...(method === 'POST' ? { body: '0014command=ls-refs\n00010009peel\n000csymrefs\n0000' } : {}),
    });
  };

  it.each(steps.map((step, index) => [`${index + 1}: ${step.step}`, step] as const))('step %s', async (_name, step) => {
    if (step.git !== undefined) {
      if (!have('git')) return leftOut(`git step "${step.git}"`, 'there is no git here');
      const answer = await replayGit(step);
      const bytes = await answer.text();
      // git asks without credentials first and sends them when asked to.
      if (step.authorization === null) {
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Basic /);
      } else {
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-type')).toMatch(/^application\/x-git-upload-pack-/);
        expect(bytes).toMatch(step.git.startsWith('GET') ? /version 2/ : /refs\/heads\/main/);
      }
      return;
    }
    const answer = await replay(step);
    const text = await answer.text();
    const { status, headers = {}, body } = step.response ?? {};
    expect(answer.status, text).toBe(status);
    for (const [name, value] of Object.entries(headers)) {
      if (name === 'content-type') continue;
      expect(answer.headers.get(name), name).not.toBeNull();
      if (!UNCOMPARED.includes(name)) expect(answer.headers.get(name)).toBe(value);
    }
    if (status === 201) {
      job = JSON.parse(text);
      expect(Object.keys(job)).toEqual(expect.arrayContaining(JOB_FIELDS));
    } else if (typeof body === 'object' && body !== null)
      expect(Object.keys(JSON.parse(text))).toEqual(expect.arrayContaining(Object.keys(body)));
  });

  it('the job has ended well, with the whole log kept', async () => {
    const shown = await call(gitlab, 'GET', `/projects/ops%2Fdemo/jobs/${job.id}`);
    const log = await call(gitlab, 'GET', `/projects/ops%2Fdemo/jobs/${job.id}/trace`);
    expect(shown.body.status).toBe('success');
    expect(log.text).toContain('Job succeeded');
  });

  it('the runner has no manager left after it unregistered', async () => {
    const managers = await call(gitlab, 'GET', '/runners/1/managers');
    expect(managers.body).toEqual([]);
  });
});
