/** An engine that is not ours runs a part that is not ours, through the library as it is built: no line of src exists for them. */
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import type * as Library from '../../src/wiring/library.ts';
import { aStack } from '../helpers/cli.ts';
import { installPages, LIBRARY } from './install-pages.ts';

/** Starts nothing. @param calls what it was asked to start and to do, in this order */
const recordingEngine = (calls: string[]): Library.EngineKind => {
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
  return {
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
};

describe('an engine that is not ours', () => {
  it('is handed the graph, and asked for by its name', async () => {
    const { openDirectory, up } = (await import(LIBRARY)) as typeof Library;
    const stack = await aStack('name: open\ngitlab: none\npages: { title: Our pages }\n');
    installPages(stack.path('.'));
    const { part } = (await import(pathToFileURL(stack.path('pages.mjs')).href)) as { part: Library.Part };
    const calls: string[] = [];
    const opened = await openDirectory({
      dir: stack.dir,
      engine: 'recording',
      engines: [recordingEngine(calls)],
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
