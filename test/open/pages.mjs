/** A product that is none of ours, with everything that a part may bring, as a package of somebody else would have it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { baseUrl, frontDoorUrl, hostName, notReady, ofRole, passed, probeWords, ready } from 'chatops-up';
import { z } from 'zod';

const PORT = 8091;
const TOKEN = 'PAGES_TOKEN';
const ENDPOINT = { service: 'pages', port: PORT };
const TARGET = { kind: 'service', endpoint: ENDPOINT };

const section = {
  key: 'pages',
  about: 'Pages for everybody.',
  schema: z.strictObject({ title: z.string().min(1).default('Pages').describe('Shown above every page.') }),
};

// ---------------------------------------------------------------- its question

const words = probeWords.wordsOf();

const titled = {
  what: 'pages-titled',
  about: 'the pages have this title',
  example: { what: 'pages-titled', target: TARGET, title: 'Pages' },
  words: {
    target: words.target('target', probeWords.SERVER),
    options: [words.option('title', 'title', probeWords.once(probeWords.text('TITLE')))],
  },
  create: ({ target, title }, { addresses, http }) => ({
    id: 'pages-titled',
    ask: async (signal) => {
      const url = `${baseUrl(addresses, target)}/title`;
      const { status, body } = await http.request({ method: 'GET', url, timeoutMs: 3_000, signal }).catch(() => ({}));
      return status === 200 && body === title
        ? ready(`they are called ${title}`)
        : notReady('they are called otherwise');
    },
  }),
};

// ---------------------------------------------------------------- its job

const setTitle = ({ title }, { addresses, http, secrets }) => {
  const url = () => `${baseUrl(addresses, TARGET)}/title`;
  return {
    id: 'pages-setup',
    blank: () => '',
    observe: async (signal) => (await http.request({ method: 'GET', url: url(), signal })).body,
    decide: (seen) => ({
      changes:
        seen === title
          ? []
          : [{ action: 'update', resource: 'title', name: title, cause: `it is ${JSON.stringify(seen)}` }],
      conflicts: [],
      warnings: [],
    }),
    apply: async (_change, signal) => {
      const headers = { 'x-pages-token': secrets.read(TOKEN).reveal() };
      await http.request({ method: 'PUT', url: url(), headers, body: title, signal });
    },
  };
};

// ---------------------------------------------------------------- its nodes

const service = ({ images }) => ({
  kind: 'service',
  name: 'pages',
  role: 'pages',
  gates: [],
  usable: { what: 'http', target: TARGET, path: '/health', status: 200 },
  readyWithinMs: 60_000,
  needs: { memoryGib: 0.5, imageGib: 1 },
  container: {
    image: images.pages,
    environment: { PAGES_TOKEN: { secret: TOKEN } },
    listens: [PORT],
    publishes: {},
    volumes: [{ source: 'pages-data', target: '/data', readOnly: false }],
    aliases: [],
  },
});

const setup = ({ sections }) => ({
  kind: 'job',
  name: 'pages-setup',
  gates: [{ node: 'pages', until: 'usable' }],
  job: { job: 'pages-setup', title: sections.pages.title, token: TOKEN },
  withinMs: 60_000,
});

const host = (config) => ({
  label: 'pages',
  name: hostName(config, 'pages'),
  url: frontDoorUrl(config, 'pages'),
  title: 'Pages',
  content: { kind: 'proxy', upstream: ENDPOINT, maxBodySize: '1m', streams: false, webSocket: false },
  signature: '/health 200 x-served-by: pages',
});

const secret = {
  name: TOKEN,
  what: 'what writers of pages send',
  kind: {
    rules: [{ matches: /^pages-[A-Za-z0-9_-]{20}$/, otherwise: 'is not pages- and 20 of A-Z, a-z, 0-9, _ and -' }],
    shape: { prefix: 'pages-', alphabet: 'token', length: 20 },
  },
  origin: 'generated',
  note: 'counts from the next start',
};

// ---------------------------------------------------------------- what is known and proven of it

const noInk = ofRole('pages', {
  name: 'no ink',
  recognise: ({ log }) => (/out of ink/.test(log) ? { what: 'it ran out of ink', next: 'refill it' } : undefined),
});

const checks = {
  settled: [
    ({ stack, ask, inside }) => {
      const { job } = stack.nodes.find(({ name }) => name === 'pages-setup') ?? {};
      if (job === undefined || !inside) return [];
      const spec = { what: 'pages-titled', target: TARGET, title: job.title };
      return [{ area: 'pages', name: 'title', run: async (signal) => passed(await ask(spec, 'pages', 0, signal)) }];
    },
  ],
};

// ---------------------------------------------------------------- who plays it

const play = ({ service: name, dir, ports, env, host: address = '127.0.0.1' }) => {
  const file = join(dir, 'title');
  let title = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const server = createServer(async (request, response) => {
    response.setHeader('x-served-by', 'pages');
    if (request.method === 'PUT') {
      if (request.headers['x-pages-token'] !== env.PAGES_TOKEN) return response.writeHead(403).end();
      title = '';
      for await (const chunk of request) title += chunk;
      writeFileSync(file, title);
    }
    return response.end(request.url === '/title' ? title : 'ok');
  });
  return {
    service: name,
    played: 'stand-in',
    start: () => new Promise((resolve, reject) => server.once('error', reject).listen(ports[PORT], address, resolve)),
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
    crashed: new Promise(() => undefined),
  };
};

export const part = {
  name: 'pages',
  section,
  images: { pages: { reference: 'example/pages:1.0', about: 'the pages' } },
  timed: ['pages', 'pages-setup'],
  contribute: (config) =>
    config.sections.pages === undefined
      ? {}
      : { nodes: [service(config), setup(config)], hosts: [host(config)], secrets: [secret] },
  causes: [noInk],
  probes: [titled],
  jobs: async () => ({ 'pages-setup': setTitle }),
  checks: async () => checks,
  players: async () => () => ({ roles: { pages: play } }),
};
