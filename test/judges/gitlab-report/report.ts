/** What every judge in another language does to a stand-in and reports as JSON, and what it must have found. */
import { spawn } from 'node:child_process';
import { type StartedGitLab, startGitLab } from '../../standins/gitlab/start-gitlab.ts';
import { type Receiver, startReceiver } from '../../standins/gitlab/start-receiver.ts';

export interface Judged {
  readonly status: number | null;
  readonly report: unknown;
  readonly stderr: string;
  /** Headers of the one delivery that the judge's test call caused. */
  readonly delivered: Readonly<Record<string, unknown>>;
}

const prepare = (gitlab: StartedGitLab): Readonly<Record<string, string>> => {
  const { controls } = gitlab.server;
  controls.changeSettings({ outbound_local_requests_whitelist: ['first:80'] });
  for (let count = 0; count < 250; count += 1) controls.addProject(`many/p${count}`);
  const project = controls.addProject('ops/demo');
  controls.addUser({ username: 'dev' });
  controls.giveRole('dev', 'ops/demo', 'developer');
  return {
    GITLAB_URL: gitlab.url,
    GITLAB_TOKEN: gitlab.token,
    DEVELOPER_TOKEN: controls.addToken('dev'),
    READ_TOKEN: controls.addToken('root', { scopes: ['read_api'] }),
    PROJECT_ID: String(project.id),
    HOOK_URL: 'http://rocketchat:3000/hooks/a/b',
  };
};

const run = (program: string, args: readonly string[], env: Readonly<Record<string, string>>) =>
  new Promise<{ readonly status: number | null; readonly stdout: string; readonly stderr: string }>((resolve) => {
    const child = spawn(program, [...args], { env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...env } });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (error) => resolve({ status: null, stdout, stderr: error.message }));
    child.on('close', (status) => resolve({ status, stdout, stderr }));
  });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Runs a judge against a fresh stand-in. */
export const judge = async (program: string, args: readonly string[]): Promise<Judged> => {
  const receiver: Receiver = await startReceiver();
  const gitlab = await startGitLab({ names: { 'rocketchat:3000': receiver.port } });
  const { status, stdout, stderr } = await run(program, args, prepare(gitlab));
  const delivered = receiver.received[0]?.headers ?? {};
  await gitlab.stop();
  await receiver.stop();
  return { status, report: parsed(stdout), stderr, delivered };
};

export const EXPECTED = {
  version: '19.3.0',
  enterprise: false,
  user: 'root',
  isAdmin: true,
  tokenActive: true,
  wrongToken: 401,
  missingProject: 404,
  hookRefused: 422,
  hookWithReadScope: 403,
  hookAsDeveloper: 403,
  allowList: ['first:80', 'rocketchat:3000'],
  hookAdded: { pipeline: true, push: false },
  hookEdited: { pipeline: true, push: true },
  hooksListed: 1,
  hookTested: true,
  hookDeletedTwice: 404,
  groupHooks: 404,
  projectsPaged: 250,
  projectsByKeyset: 251,
  hooksPaged: 45,
  runnerToken: true,
  runnerVerified: true,
  runnerTags: ['docker', 'linux'],
  runnersListed: 1,
  oldTokenAfterReset: 403,
  runnersLeft: 0,
  runnerTypeMissing: 400,
  pipelineWithoutFile: 400,
  pipeline: 'pending',
  jobs: ['smoke'],
} as const;
