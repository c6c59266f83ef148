/** The GitHub Action, the GitLab component and the recipes of docs/ci.md, run as they stand, in a shell as CI has it. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { leftOut } from '../helpers/available.ts';
import { aStack, type TestStack } from '../helpers/cli.ts';
import { keepUp, type LiveStack } from '../helpers/live.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const PROGRAM = `${process.execPath} ${join(process.env.CHATOPS_DIST ?? '', 'chatops-up.js')}`;

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}
interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
interface Component {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly job: {
    readonly variables: Readonly<Record<string, string>>;
    readonly script: readonly string[];
    readonly after_script: readonly string[];
    readonly artifacts: unknown;
  };
}
type Inputs = Readonly<Record<string, string>>;

/** Nothing of ours in the environment but what the file says. */
const outside = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CHATOPS_')));

interface Ended {
  readonly status: number | null;
  readonly said: string;
}

const shell = (
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...outside, NO_COLOR: '1', CHATOPS_MONGOD: '', CHATOPS_NGINX: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    const hear = (text: string): void => {
      said += text;
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, said }));
  });

const allInputs = (inputs: Action['inputs'], given: Inputs): Inputs => ({
  ...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.default])),
  ...given,
});

const action = parse(readFileSync(`${root}.github/actions/chatops-up/action.yml`, 'utf8')) as Action;

/** As a runner of GitHub does: step by step, `if` heeded, each in `bash -eo pipefail`. */
const runAction = async (cwd: string, given: Inputs) => {
  const inputs = allInputs(action.inputs, given);
  const filled = (text: string): string =>
    text.replace(/\$\{\{ inputs\.(\w+) \}\}/g, (_all, name: string) => inputs[name] ?? expect.unreachable(name));
  let failed = false;
  let said = '';
  const ran: string[] = [];
  for (const step of action.runs.steps) {
    const wanted: Readonly<Record<string, boolean>> = {
      '': !failed,
      "inputs.start == 'true'": !failed && inputs.start === 'true',
      'failure()': failed,
      'always()': true,
    };
    const condition = step.if ?? '';
    if (!(condition in wanted)) expect.unreachable(`a condition that this test does not know: ${condition}`);
    if (wanted[condition] !== true || step.run === undefined) continue;
    ran.push(step.name ?? '');
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)]));
    const ended = await shell('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run], cwd, env);
    said += ended.said;
    failed ||= ended.status !== 0;
  }
  return { failed, said, ran };
};

const component = ((): Component => {
  const [head, body] = parseAllDocuments(readFileSync(`${root}packages/ci/templates/chatops-up.yml`, 'utf8'));
  if (head === undefined || body === undefined) throw new Error('the component has not two documents');
  const { inputs } = (head.toJS() as { spec: Pick<Component, 'inputs'> }).spec;
  const [job] = Object.values(body.toJS() as Record<string, Component['job']>);
  if (job === undefined) throw new Error('the component has no job');
  return { inputs, job };
})();

/** As a runner of GitLab does: the script in one shell that ends at the first failure, then `after_script` in another. */
const runComponent = async (cwd: string, given: Inputs) => {
  const inputs = allInputs(component.inputs, given);
  const { variables, script, after_script } = component.job;
  const env = Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      value.replace(/\$\[\[ inputs\.(\w+) \]\]/g, (_all, input: string) => inputs[input] ?? expect.unreachable(input)),
    ]),
  );
  const { status, said } = await shell('sh', ['-ec', script.join('\n')], cwd, env);
  const CI_JOB_STATUS = status === 0 ? 'success' : 'failed';
  const after = await shell('sh', ['-ec', after_script.join('\n')], cwd, { ...env, CI_JOB_STATUS });
  expect(after.status, after.said).toBe(0);
  return { failed: status !== 0, said };
};

const folderWith = async (config: string): Promise<string> => {
  const stack = await aStack();
  const folder = mkdtempSync(join(tmpdir(), 'chatops-pipeline-'));
  mkdirSync(join(folder, 'stack'));
  writeFileSync(join(folder, 'stack/chatops.yaml'), `${stack.read('chatops.yaml')}${config}`);
  return folder;
};
const REHEARSAL = { program: PROGRAM, dir: 'stack', engine: 'embedded' };
const reportIn = (folder: string): string => readFileSync(join(folder, 'chatops-up.xml'), 'utf8');

describe('the GitHub Action', () => {
  it('starts a stack and proves it: JUnit without a failure, and no logs', async () => {
    const folder = await folderWith('');
    const { failed, said, ran } = await runAction(folder, REHEARSAL);
    expect({ failed, ran }, said).toEqual({ failed: false, ran: ['Start', 'Prove'] });
    expect(reportIn(folder)).toMatch(/<testsuites?[^>]* failures="0"/);
    expect(reportIn(folder)).toContain('name="message"');
    expect(existsSync(join(folder, 'chatops-up.log'))).toBe(false);
  });

  it('fails with a stack that does not start, and keeps what is known of it', async () => {
    const folder = await folderWith('chat: { romms: [] }\n');
    const { failed, said, ran } = await runAction(folder, REHEARSAL);
    expect({ failed, ran }).toEqual({ failed: true, ran: ['Start', 'Logs'] });
    expect(said).toContain('unknown key `romms`');
    expect(existsSync(join(folder, 'chatops-up.log'))).toBe(true);
  });

  it('keeps report and logs whatever happened', () => {
    const last = action.runs.steps.at(-1);
    expect(last).toMatchObject({ if: 'always()', uses: expect.stringMatching(/^actions\/upload-artifact@v\d+$/) });
    expect(last?.with?.path).toBe('${{ inputs.junit }}\n${{ inputs.logs }}\n');
  });
});

describe('the GitLab component', () => {
  it('starts a stack and proves it: JUnit without a failure, and no logs', async () => {
    const folder = await folderWith('');
    const { failed, said } = await runComponent(folder, REHEARSAL);
    expect(failed, said).toBe(false);
    expect(reportIn(folder)).toMatch(/<testsuites?[^>]* failures="0"/);
    expect(existsSync(join(folder, 'chatops-up.log'))).toBe(false);
  });

  it('fails with a stack that does not start, and keeps what is known of it', async () => {
    const folder = await folderWith('chat: { romms: [] }\n');
    const { failed, said } = await runComponent(folder, REHEARSAL);
    expect(failed).toBe(true);
    expect(said).toContain('unknown key `romms`');
    expect(existsSync(join(folder, 'chatops-up.log'))).toBe(true);
  });

  it('keeps report and logs whatever happened', () => {
    expect(component.job.artifacts).toEqual({
      when: 'always',
      paths: ['chatops-up.xml', 'chatops-up.log'],
      reports: { junit: 'chatops-up.xml' },
    });
  });
});

/** What each job of the recipes runs of our program, in order, by the recipe's own words: a job has one folder. */
const jobs = ((): readonly (readonly string[])[] => {
  const page = readFileSync(`${root}docs/ci.md`, 'utf8');
  const ours = (step: unknown): readonly string[] => {
    const text = typeof step === 'object' && step !== null && 'run' in step ? step.run : step;
    return typeof text === 'string' && text.startsWith('npx chatops-up') ? [text] : [];
  };
  const jobsIn = (value: unknown): readonly (readonly string[])[] => {
    if (Array.isArray(value)) return [value.flatMap(ours)].filter((commands) => commands.length > 0);
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(jobsIn) : [];
  };
  return [...page.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].flatMap(([, yaml]) => jobsIn(parse(yaml ?? '')));
})();

describe('the recipes', () => {
  let stack: TestStack;
  let live: LiveStack;
  let bin: string;
  beforeAll(async () => {
    bin = mkdtempSync(join(tmpdir(), 'chatops-npx-'));
    // What `npx chatops-up` runs once the package is published.
    writeFileSync(join(bin, 'npx'), `#!/bin/sh\n[ "$1" = chatops-up ] || exit 64\nshift\nexec ${PROGRAM} "$@"\n`);
    chmodSync(join(bin, 'npx'), 0o755);
    stack = await aStack();
    live = await keepUp(stack);
  });
  afterAll(() => live.end());

  const secrets = () =>
    Object.fromEntries(
      ['CHATOPS_ADMIN_PASSWORD', 'CHATOPS_BOT_PASSWORD', 'CHATOPS_GITLAB_TOKEN', 'CHATOPS_HOOK_SECRET'].map((name) => [
        name,
        stack.secret(name),
      ]),
    );

  it('are all known to this test', () => {
    const said = readFileSync(`${root}docs/ci.md`, 'utf8').match(/- (run: )?npx chatops-up .*$/gm) ?? [];
    expect(said.length).toBeGreaterThan(0);
    expect(jobs.flat()).toEqual(said.map((line) => line.replace(/^- (run: )?/, '')));
  });

  for (const commands of jobs) {
    it(commands.join(', then '), async () => {
      const all = commands.join(' ');
      if (all.includes('--engine docker')) return leftOut(all, 'it wants containers under /srv/chatops');
      const isPublic = all.includes('--public');
      const folder = mkdtempSync(join(tmpdir(), 'chatops-recipe-'));
      const config = isPublic ? stack.read('chatops.yaml') : (await aStack()).read('chatops.yaml');
      writeFileSync(join(folder, 'chatops.yaml'), config);
      const env = { PATH: `${bin}:${process.env.PATH}`, CI_PROJECT_DIR: folder, ...(isPublic ? secrets() : {}) };
      for (const command of commands) {
        const { status, said } = await shell('bash', ['-eo', 'pipefail', '-c', command], folder, env);
        expect(status, said).toBe(0);
      }
    });
  }
});
