import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../helpers/free-port.ts';
import { call, type StartedGitLab, startGitLab } from '../gitlab/start-gitlab.ts';
import { type Receiver, startReceiver } from '../gitlab/start-receiver.ts';
import { configFor, type StartedRunner, startRunner } from './start-runner.ts';

let gitlab: StartedGitLab;
let receiver: Receiver;
let projectId = 0;
const TOKEN = 'glrt-aliveAAAAAAAAAAAAAA';
const runners: StartedRunner[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
  gitlab = await startGitLab({ names: { 'receiver:80': receiver.port } });
  gitlab.server.controls.changeSettings({ allow_local_requests_from_web_hooks_and_services: true });
  gitlab.server.controls.addRunner({ token: TOKEN });
  projectId = gitlab.server.controls.addProject('ops/demo').id;
  await call(gitlab, 'POST', `/projects/${projectId}/hooks`, {
    url: 'http://receiver/',
    push_events: false,
    pipeline_events: true,
  });
});
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop();
  await gitlab.stop();
  await receiver.stop();
});

const start = async (config: string, more: Partial<Parameters<typeof startRunner>[0]> = {}): Promise<StartedRunner> => {
  const runner = await startRunner({ gitlabPort: gitlab.port, config, ...more });
  runners.push(runner);
  return runner;
};

/** Pushes the file and waits for the pipeline's end; its status and the first job's log. */
const runPipeline = async (ciFile: string) => {
  await call(gitlab, 'POST', `/projects/${projectId}/repository/commits`, {
    branch: 'main',
    commit_message: 'ci',
    actions: [
      { action: 'create', file_path: '.gitlab-ci.yml', content: ciFile },
      { action: 'create', file_path: 'README.md', content: 'proven by a file\n' },
    ],
  });
  const { body } = await receiver.next((one) => ['success', 'failed'].includes(one.body.object_attributes.status));
  const log = await call(gitlab, 'GET', `/projects/${projectId}/jobs/1/trace`);
  const job = await call(gitlab, 'GET', `/projects/${projectId}/jobs/1`);
  return { status: body.object_attributes.status as string, log: log.text, job: job.body };
};

/** Asks the metrics until the line is there. */
const metric = async (runner: StartedRunner, pattern: RegExp): Promise<string> => {
  for (;;) {
    const text = await (await fetch(runner.metricsUrl)).text();
    const found = pattern.exec(text);
    if (found !== null) return found[0];
  }
};

describe('jobs', () => {
  it('the shell executor really runs the script, in a folder with the sources', async () => {
    await start(configFor(TOKEN));
    const { status, log } = await runPipeline(
      'smoke:\n  script: [cat README.md, "echo $CI_JOB_NAME of $CI_PROJECT_PATH"]\n',
    );
    expect(status).toBe('success');
    expect(log).toContain('proven by a file');
    expect(log).toContain('smoke of ops/demo');
    expect(log).toContain('Job succeeded');
  });

  it('a failing script fails the job with its exit status, and after_script still runs', async () => {
    await start(configFor(TOKEN));
    const { status, log, job } = await runPipeline(
      'bad:\n  script: [exit 7, echo never]\n  after_script: [echo tidied]\n',
    );
    expect([status, job.failure_reason]).toEqual(['failed', 'script_failure']);
    expect(log).toContain('tidied');
    expect(log).toContain('exit status 7');
    expect(log).not.toContain('\nnever');
  });

  it('masked variables do not reach the log', async () => {
    await start(configFor(TOKEN));
    const { log } = await runPipeline('leak:\n  script: [echo "token=$CI_JOB_TOKEN"]\n');
    expect(log).toContain('token=[MASKED]');
    expect(log).not.toMatch(/glcbt-[A-Za-z0-9_-]{20}/);
  });

  it('the docker executor is only played, and the log says so', async () => {
    await start(configFor(TOKEN, 'docker'));
    const { status, log } = await runPipeline('smoke:\n  image: alpine:3.22\n  script: [exit 1]\n');
    expect(status).toBe('success');
    expect(log).toContain('stand-in');
    expect(log).toContain('$ exit 1');
  });

  it('a canceled one is ended although it says nothing, and is canceling until then', async () => {
    await start(configFor(TOKEN));
    void runPipeline('silent:\n  script: [sleep 600]\n');
    await receiver.next((one) => one.body.object_attributes.status === 'running');
    await call(gitlab, 'POST', `/projects/${projectId}/jobs/1/cancel`);
    await receiver.next((one) => one.body.object_attributes.status === 'canceled');
    const statuses = receiver.received.map(({ body }) => body.object_attributes.status);
    expect(statuses.slice(statuses.indexOf('running'))).toEqual(['running', 'canceling', 'canceled']);
  });

  it('stopping cuts a job that is under way', async () => {
    const runner = await start(configFor(TOKEN));
    void runPipeline('long:\n  script: [sleep 600]\n');
    await receiver.next((one) => one.body.object_attributes.status === 'running');
    await runners.splice(0)[0]?.stop();
    await expect(fetch(runner.metricsUrl)).rejects.toThrow(/fetch failed/);
  });
});

describe('config.toml', () => {
  it('is read again: a token that comes later is used', async () => {
    const runner = await start(configFor(''));
    const before = gitlab.server.ledger.totals().traffic;
    runner.writeConfig(configFor(TOKEN));
    await metric(runner, /endpoint="request_job".*status="204".*/);
    expect(before).toBe(0);
  });

  it('a damaged file changes nothing', async () => {
    const runner = await start(configFor(TOKEN));
    await metric(runner, /status="204"/);
    runner.writeConfig('[[runners');
    const count = async () => Number(/status="204",[^}]*\} (\d+)/.exec(await metric(runner, /.*status="204".*/))?.[1]);
    const before = await count();
    await metric(runner, new RegExp(`status="204",[^}]*\\} (?!${before}$)\\d+$`, 'm'));
    expect(await count()).toBeGreaterThan(before);
  });

  it('concurrent = 0 ends the process', async () => {
    const runner = await start(configFor(TOKEN).replace('concurrent = 2', 'concurrent = 0'));
    expect(await runner.server.crashed).toMatch(/concurrent/);
  });
});

describe('who it is', () => {
  it('its system id is kept beside the file and shown by GitLab', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'runner-standin-'));
    const first = await start(configFor(TOKEN), { dir });
    await metric(first, /status="204"/);
    const id = readFileSync(join(dir, '.runner_system_id'), 'utf8');
    await runners.splice(0)[0]?.stop();
    const second = await start(configFor(TOKEN), { dir });
    await metric(second, /status="204"/);
    const managers = await call(gitlab, 'GET', '/runners/1/managers');
    await runners.splice(0)[0]?.stop();
    rmSync(dir, { recursive: true });
    expect(id).toMatch(/^[sr]_[0-9a-zA-Z]{12}$/);
    expect(managers.body.map((one: { system_id: string }) => one.system_id)).toEqual([id]);
  });

  it('its metrics show its version and how GitLab answers', async () => {
    const runner = await start(configFor(TOKEN));
    expect(await metric(runner, /^gitlab_runner_version_info\{.*version="[\d.]+"\} 1$/m)).toBeTruthy();
    expect(
      await metric(runner, /^gitlab_runner_api_request_statuses_total\{endpoint="request_job".*status="204".*$/m),
    ).toBeTruthy();
  });
});

describe('a runner that is not answered, or refused, rests', () => {
  it('three 403 in a row rest it, and the failure is counted', async () => {
    const runner = await start(configFor('glrt-dead'));
    const line = await metric(runner, /^gitlab_runner_worker_health_check_failures_total\{.*\} \d+$/m);
    const asked = await metric(runner, /status="403",[^}]*\} \d+/);
    expect(line).toMatch(/ 1$/);
    expect(asked).toMatch(/ 3$/);
  });

  it('nobody answering counts the same', async () => {
    const nobody = await freePort();
    const runner = await start(configFor(TOKEN), { gitlabPort: nobody });
    expect(await metric(runner, /^gitlab_runner_worker_health_check_failures_total\{.*\} \d+$/m)).toMatch(/ 1$/);
  });

  it('502 does not count', async () => {
    gitlab.server.faults.add({ match: 'POST /api/v4/jobs/request', times: 20, effect: { kind: 'html', status: 502 } });
    const runner = await start(configFor(TOKEN), { speed: 5_000 });
    await metric(runner, /status="204"/);
    const text = await (await fetch(runner.metricsUrl)).text();
    expect(text).not.toMatch(/health_check_failures_total\{/);
  });

  it('unhealthy_requests_limit and unhealthy_interval of the file hold', async () => {
    const runner = await start(
      configFor('glrt-dead', 'shell', 'unhealthy_requests_limit = 1\nunhealthy_interval = "3s"'),
    );
    expect(await metric(runner, /^gitlab_runner_worker_health_check_failures_total\{.*\} [4-9]$/m)).toBeTruthy();
  });
});
