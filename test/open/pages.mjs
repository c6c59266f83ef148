/** A product that is none of ours, with everything that a part may bring, as a package of somebody else would have it. */
import { baseUrl, frontDoorUrl, hostName, notReady, ofRole, passed, probeWords, ready } from 'chatops-up';
import { z } from 'zod';
import { createPages, PORT } from './pages-server.mjs';

const TOKEN = 'PAGES_TOKEN';
const ENDPOINT = { service: 'pages', port: PORT };
const TARGET = { kind: 'service', endpoint: ENDPOINT };

const section = {
  key: 'pages',
  about: 'Pages for everybody.',
  schema: z.strictObject({
    title: z.string().min(1).default('Pages').describe('Shown above every page.'),
    ink: z.enum(['full', 'none']).default('full').describe('What pages are written with.'),
  }),
};

// ---------------------------------------------------------------- its question

const words = probeWords.wordsOf();

const pagesKind = {
  what: 'pages',
  about: 'pages can be read, under this title if one is named',
  example: { what: 'pages', target: TARGET, title: 'Pages' },
  words: {
    target: words.target('target', probeWords.SERVER),
    options: [words.option('title', 'title', probeWords.optional(probeWords.text('TITLE')))],
  },
  create: ({ target, title }, { addresses, http }) => ({
    id: 'pages',
    ask: async (signal) => {
      const read = (path) =>
        http.request({ method: 'GET', url: `${baseUrl(addresses, target)}${path}`, timeoutMs: 3_000, signal });
      try {
        if ((await read('/health')).status !== 200) return notReady('nothing can be read');
        if (title === undefined) return ready('they can be read');
        const { body } = await read('/title');
        return body === title ? ready(`they are called ${title}`) : notReady(`they are called ${body || 'nothing'}`);
      } catch {
        return notReady('nobody answers');
      }
    },
  }),
};

// ---------------------------------------------------------------- its nodes

const service = ({ images, sections }) => ({
  kind: 'service',
  name: 'pages',
  role: 'pages',
  gates: [],
  usable: { what: 'pages', target: TARGET },
  readyWithinMs: 60_000,
  needs: { memoryGib: 0.5, imageGib: 1 },
  container: {
    image: images.pages,
    environment: { PAGES_TOKEN: { secret: TOKEN }, PAGES_INK: sections.pages.ink },
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
  // Where it works: the way there follows from it.
  job: { job: 'pages-setup', target: TARGET, title: sections.pages.title, token: TOKEN },
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
      const spec = { what: 'pages', target: TARGET, title: job.title };
      return [{ area: 'pages', name: 'title', run: async (signal) => passed(await ask(spec, 'pages', 0, signal)) }];
    },
  ],
};

// ---------------------------------------------------------------- who plays it

const play = ({ service: name, dir, ports, env, host: address = '127.0.0.1' }) => {
  const server = createPages({ dir, token: env.PAGES_TOKEN, ink: env.PAGES_INK });
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
  probes: [pagesKind],
  jobs: async () => ({ 'pages-setup': (await import('./pages-setup.mjs')).setTitle }),
  checks: async () => checks,
  players: async () => () => ({ roles: { pages: play } }),
};
