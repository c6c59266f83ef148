/** The built script in a context with the globals of the vendor's sandbox and no other, strict and sloppy. */
import { createContext, runInContext, Script } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { notifierScript } from '../../../src/notifier/notifier-script.ts';
import { sha256Hex } from '../../../src/values/sha256.ts';
import { type Delivery, ownDeliveries, ownDelivery, SAYS_NOTHING, sampleDeliveries } from './deliveries.ts';

const SECRET = 'the-secret-of-the-hook';
const OPTIONS = { locale: 'en', secretSha256: sha256Hex(SECRET), defaultRoom: 'builds' } as const;

interface Loaded {
  /** What the script returns, as JSON carries it over the border. */
  call(
    request: object,
  ): { readonly content?: Record<string, unknown>; readonly error?: Record<string, unknown> } | null;
  globals(): readonly string[];
}

/** `Store`, `fetch`, `s`, `console` and the language; made inside, so that nothing of ours is reachable. */
const GLOBALS = `(() => {
  const values = {};
  const nothing = () => undefined;
  globalThis.Store = { get: (key) => values[key], set: (key, value) => (values[key] = value) };
  globalThis.fetch = globalThis.serverFetch = () => Promise.reject(new Error('no network'));
  globalThis.s = {};
  globalThis.console = { log: nothing, info: nothing, warn: nothing, error: nothing, debug: nothing };
})();`;

const load = (source: string, withGlobals = true): Loaded => {
  const context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
  if (withGlobals) runInContext(GLOBALS, context);
  const before = runInContext('Object.getOwnPropertyNames(globalThis)', context) as string[];
  new Script(source, { filename: 'integration.js' }).runInContext(context, { timeout: 3_000 });
  runInContext('var instance = new Script();', context);
  return {
    call: (request) => {
      const given = JSON.stringify(JSON.stringify({ request }));
      const code = `JSON.stringify(instance.process_incoming_request(JSON.parse(${given})) || null)`;
      return JSON.parse(runInContext(code, context) as string);
    },
    globals: () => {
      const after = runInContext('Object.getOwnPropertyNames(globalThis)', context) as string[];
      return after.filter((name) => !before.includes(name) && name !== 'instance');
    },
  };
};

const requestOf = ({ header, payload }: Delivery, query: object = {}, token: string | undefined = SECRET) => ({
  headers: { 'x-gitlab-event': header, ...(token === undefined ? {} : { 'x-gitlab-token': token }) },
  url: { query },
  content: payload,
  body: payload,
});

const SCRIPT = notifierScript({ ...OPTIONS, intermediate: true });
/** Rocket.Chat's Babel takes strict mode away. */
const SLOPPY = SCRIPT.replace(/^'use strict';\n/, '').replace('"use strict";', '');
const HOW = [
  ['as written', SCRIPT],
  ['in strict mode once more', `"use strict";${SCRIPT}`],
  ['in sloppy mode', SLOPPY],
] as const;

describe('the built script in a bare sandbox', () => {
  it('is in sloppy mode where the test says so', () => {
    expect(SLOPPY).not.toMatch(/use strict/);
    expect(SCRIPT).toMatch(/^'use strict';/);
  });

  describe.each(HOW)('%s', (_how, source) => {
    it('answers every delivery of news with a message and declares nothing by accident', () => {
      const script = load(source);
      const deliveries = [...ownDeliveries(), ...(sampleDeliveries() ?? [])];
      const silent = deliveries.filter(
        (delivery) => typeof script.call(requestOf(delivery))?.content?.text !== 'string',
      );
      expect(silent.map(({ name }) => name)).toEqual(SAYS_NOTHING);
      expect(script.globals()).toEqual(['notifier']);
    });

    it('says the same without any of the vendor’s globals', () => {
      const delivery = ownDelivery('pipeline-failed');
      expect(load(source, false).call(requestOf(delivery))).toEqual(load(source).call(requestOf(delivery)));
    });

    it('folds the largest push: 20 commits of 4,711', () => {
      const answer = load(source).call(requestOf(ownDelivery('push-largest')));
      expect(answer?.content).toMatchObject({ channel: '#builds', text: expect.stringContaining('4,711 commits') });
      expect(JSON.stringify(answer)).toContain('and 4,706 earlier commits');
    });
  });

  it('posts into the room of ?channel=, else into its own', () => {
    const script = load(SCRIPT);
    const delivery = ownDelivery('job-failed');
    const roomFor = (query: object): unknown => script.call(requestOf(delivery, query))?.content?.channel;
    expect(roomFor({ channel: 'ops' })).toBe('#ops');
    expect(roomFor({ channel: '#ops' })).toBe('#ops');
    expect(roomFor({})).toBe('#builds');
    expect(roomFor({ channel: '' })).toBe('#builds');
  });

  it.each(['@ada', '@all', 'a b', '#', '##x', '../x', 'GENERAL,ops', '-x'])('never posts to %j', (channel) => {
    const answer = load(SCRIPT).call(requestOf(ownDelivery('job-failed'), { channel }));
    expect(answer).toEqual({ error: expect.objectContaining({ error: 'wrong-channel' }) });
  });

  it('posts to nobody when ?channel= is there twice', () => {
    const answer = load(SCRIPT).call(requestOf(ownDelivery('job-failed'), { channel: ['ops', '@ada'] }));
    expect(answer).toEqual({ error: expect.objectContaining({ error: 'wrong-channel' }) });
  });

  it.each([undefined, '', 'wrong', `${SECRET} `, SECRET.toUpperCase(), sha256Hex(SECRET)])(
    'refuses a delivery with the token %j, says why, and shows no secret',
    (token) => {
      const delivery = ownDelivery('job-failed');
      const answer = load(SCRIPT).call(requestOf(delivery, {}, token ?? ''));
      expect(answer).toEqual({
        error: { success: false, error: 'wrong-gitlab-token', why: expect.stringContaining('X-Gitlab-Token') },
      });
      expect(JSON.stringify(answer)).not.toContain(SECRET);
      expect(JSON.stringify(answer)).not.toContain(sha256Hex(SECRET));
    },
  );

  it('refuses a delivery without the header', () => {
    const { headers, ...rest } = requestOf(ownDelivery('job-failed'));
    const answer = load(SCRIPT).call({ ...rest, headers: { 'x-gitlab-event': headers['x-gitlab-event'] } });
    expect(answer).toHaveProperty('error.error', 'wrong-gitlab-token');
  });

  it('refuses everything when its own digest is none', () => {
    const script = load(notifierScript({ ...OPTIONS, secretSha256: '' }));
    expect(script.call(requestOf(ownDelivery('job-failed'), {}, ''))).toHaveProperty('error');
    expect(script.call(requestOf(ownDelivery('job-failed')))).toHaveProperty('error');
  });

  it('unpacks the form of old tutorials where the server left it packed', () => {
    const { payload, ...rest } = ownDelivery('job-failed');
    const packed = { ...rest, payload: { payload: JSON.stringify(payload) } };
    expect(load(SCRIPT).call(requestOf(packed))?.content?.text).toMatch(/^Job .* failed/);
    const broken = { ...rest, payload: { payload: '{"object_kind":' } };
    expect(load(SCRIPT).call(requestOf(broken))?.content?.text).toContain('GitLab');
  });

  it('remembers failures in Store, and announces the recovery once', () => {
    const script = load(notifierScript({ ...OPTIONS, loud: 'failures' }));
    const failed = requestOf(ownDelivery('job-failed'));
    const success = requestOf(ownDelivery('job-success'));
    const said = [success, failed, failed, success, success].map((one) => script.call(one)?.content?.text ?? 'nothing');
    expect(said.map((text) => /failed|recovered|nothing/.exec(String(text))?.[0])).toEqual([
      'nothing',
      'failed',
      'failed',
      'recovered',
      'nothing',
    ]);
  });

  it('announces failures without Store too, only no recovery', () => {
    const script = load(notifierScript({ ...OPTIONS, loud: 'failures' }), false);
    expect(script.call(requestOf(ownDelivery('job-failed')))?.content?.text).toContain('failed');
    expect(script.call(requestOf(ownDelivery('job-success')))).toBeNull();
  });

  it('carries settings that look like code as data', () => {
    const people = { ada: '</script>\u2028${process}`', bo: 'bo' };
    const source = notifierScript({ ...OPTIONS, people });
    expect(source).not.toMatch(/<\/script>|\u2028/);
    expect(load(source).call(requestOf(ownDelivery('tag-moved')))?.content?.text).toMatch(/^Ada Okafor moved/);
  });

  it('is the same text for the same options, and another for another secret', () => {
    expect(notifierScript(OPTIONS)).toBe(notifierScript({ ...OPTIONS }));
    expect(notifierScript({ ...OPTIONS, secretSha256: sha256Hex('other') })).not.toBe(notifierScript(OPTIONS));
    expect(notifierScript(OPTIONS).length).toBeLessThan(100_000);
  });
});
