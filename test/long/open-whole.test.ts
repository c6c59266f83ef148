/** A part that brings everything a part may bring, and an engine, that are not ours: no line of src exists for them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type * as Library from '../../src/wiring/library.ts';
import { aStack, type TestStack } from '../helpers/cli.ts';
import { installPages, LIBRARY, PAGES_YAML } from '../open/install-pages.ts';

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

describe('an engine that is not ours', () => {
  it('is handed the graph, and asked for by its name', async () => {
    const { openDirectory, up } = (await import(LIBRARY)) as typeof Library;
    const stack = await aStack('name: open\ngitlab: none\npages: { title: Our pages }\n');
    installPages(stack.path('.'));
    const { part } = (await import(pathToFileURL(stack.path('pages.mjs')).href)) as { part: Library.Part };
    const calls: string[] = [];
    const session: Library.EngineSession = {
      addresses: { resolve: ({ service, port }) => ({ host: service, port }) },
      inside: {
        ask: async ({ what }) => ({ kind: 'ready', detail: what }),
        runJob: async (job) => {
          calls.push(`job ${job}`);
        },
        decideJob: async () => ({ changes: [], conflicts: [], warnings: [] }),
        proof: () => undefined,
      },
      observe: async () => new Map(),
      fingerprint: () => ({}),
      start: async ({ name }) => {
        calls.push(`start ${name}`);
      },
      wake: async () => true,
      remove: async () => undefined,
      crashed: () => new Promise(() => undefined),
      played: () => [],
      close: async () => undefined,
    };
    const recording: Library.EngineKind = {
      name: 'recording',
      fits: async () => ({ fits: true, says: 'it needs nothing' }),
      create: async (_invocation, _needs, why) => ({
        kind: 'recording',
        why,
        can: { endsWithUs: false, network: true },
        data: 'nothing',
        preflight: async () => [],
        down: async () => undefined,
        open: async () => session,
      }),
    };
    const opened = await openDirectory({
      dir: stack.dir,
      engine: 'recording',
      engines: [recording],
      parts: [part],
      env: {},
    });
    try {
      await opened.saveSecrets();
      const outcome = await up(opened.desired, opened.world);
      expect(outcome).toMatchObject({ engine: 'recording', engineWhy: 'it was asked for with --engine recording' });
      expect(calls).toEqual(
        expect.arrayContaining(['start pages', 'job pages-setup', 'start nginx', 'job conversation']),
      );
      expect(calls.indexOf('start pages')).toBeLessThan(calls.indexOf('job pages-setup'));
    } finally {
      await opened.close();
    }
  });
});
