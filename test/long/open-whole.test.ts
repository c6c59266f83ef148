/** A part that brings everything a part may bring, and is not ours: no line of src exists for it. The engine: test/open/engine.test.ts. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type TestStack } from '../helpers/cli.ts';
import { installPages, PAGES_YAML } from '../open/install-pages.ts';

/** Its job sees to a file beside it. */
const GREETING = `
import { existsSync, writeFileSync } from 'node:fs';
const file = new URL('./greeting', import.meta.url);
const greeting = { action: 'create', resource: 'page', name: 'greeting', cause: 'there is none' };
const greet = () => ({
  id: 'wiki-greeting',
  blank: () => false,
  observe: async () => existsSync(file),
  decide: (isThere) => ({ changes: isThere ? [] : [greeting], conflicts: [], warnings: [] }),
  apply: async () => writeFileSync(file, 'hello'),
});
export const part = {
  name: 'greeter',
  timed: ['wiki-greeting'],
  contribute: () => ({
    nodes: [{ kind: 'job', name: 'wiki-greeting', gates: [], job: { job: 'wiki-greeting' }, withinMs: 60_000 }],
  }),
  jobs: async () => ({ 'wiki-greeting': greet }),
};
`;

const withPages = async (): Promise<TestStack> => {
  const stack = await aStack(`name: open\ngitlab: none\n${PAGES_YAML}`);
  installPages(stack.path('.'));
  return stack;
};

describe('a part that brings everything', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await withPages();
  });

  it('is rendered: service, virtual host, link on the start page, secret, probe', async () => {
    expect(await stack.command('render')).toMatchObject({ status: 0 });
    const file = (path: string): string => readFileSync(stack.path(path), 'utf8');
    expect(file('compose.yaml')).toContain('PAGES_TOKEN: ${PAGES_TOKEN:?set PAGES_TOKEN in .env}');
    expect(file('compose.yaml')).toMatch(/^ {2}pages-data: \{\}$/m);
    expect(file('nginx/nginx.conf')).toContain('set $back_end pages:8091;');
    expect(file('nginx/html/www/index.html')).toMatch(/>Pages<\/a> http:\/\/pages\.[^<]+<\/li>/);
    expect(file('.env.example')).toMatch(/# read by: pages, pages-setup\nPAGES_TOKEN=/);
    expect(JSON.parse(file('healthchecks/probes.json')).services.nginx.probe.probes).toContainEqual(
      expect.objectContaining({ host: expect.stringMatching(/^pages\./), signature: '/health 200 x-served-by: pages' }),
    );
  });

  it('is planned and set up on the embedded engine, its host proven through the front door; then nothing is left', async () => {
    expect((await stack.command('plan')).stdout).toContain('title Our pages');
    const up = await stack.up();
    expect(up, up.stdout).toMatchObject({ status: 0 });
    expect(up.stdout).toContain('title Our pages');
    expect(up.stdout).toMatch(/http:\/\/pages\./);
    expect((await stack.up()).stdout).toContain('0 changes');
  });

  it('has its secret made in the shape that it asks for', () => {
    expect(stack.secret('PAGES_TOKEN')).toMatch(/^pages-[\w-]{20}$/);
  });

  it('has a secret refused that breaks its rule', async () => {
    const made = stack.read('.env');
    stack.write('.env', made.replace(/^PAGES_TOKEN=.*$/m, 'PAGES_TOKEN=hunter2'));
    const { status, stderr } = await stack.command('plan');
    stack.write('.env', made);
    expect(status).toBe(78);
    expect(stderr).toMatch(/PAGES_TOKEN is not pages- and 20 of A-Z(?![\s\S]*hunter2)/);
  });

  it('is seen by status, and proven by smoke with its own kind of question', async () => {
    expect((await stack.command('status')).stdout).toMatch(/\bpages\b/);
    const smoke = await stack.command('smoke');
    expect(smoke, smoke.stdout).toMatchObject({ status: 0 });
    expect(smoke.stdout).toMatch(/title\b.*they are called Our pages/);
  });
});

describe('a part of one job', () => {
  it('is planned, done once on the embedded engine, and found done then', async () => {
    const stack = await aStack('name: open\ngitlab: none\nparts: [./job.mjs]\n');
    writeFileSync(stack.path('job.mjs'), GREETING);
    const planned = await stack.command('plan');
    expect(planned.stdout).toContain('page greeting');
    expect(existsSync(stack.path('greeting'))).toBe(false);
    expect((await stack.up()).stdout).toContain('page greeting');
    expect(readFileSync(stack.path('greeting'), 'utf8')).toBe('hello');
    expect((await stack.up()).stdout).toContain('0 changes');
  });
});
