/**
 * Rocket.Chat's sandbox around a script, rebuilt in our own words from RocketChat/Rocket.Chat, apps/meteor/app/
 * integrations/server/lib/isolated-vm/ (isolated-vm.ts: 8 MB, 3 s to load; buildSandbox.ts and
 * getCompatibilityScript.ts: the globals) and lib/compileIntegrationScript.ts (Babel with preset-env, minified).
 * Reads one JSON document on standard input, writes one. Node 20 and later needs --no-node-snapshot for isolated-vm.
 */
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';

const require = createRequire(new URL('.cache/package.json', import.meta.url));
const ivm = require('isolated-vm');
const { transformSync } = require('@babel/core');
const presetEnv = require('@babel/preset-env');

const MEMORY_MB = 8;
const LOAD_MS = 3_000;

/** What 7.x always does, and 8.x unless given `skipTranspile`. */
const transpiled = (script) =>
  transformSync(script, {
    presets: [presetEnv],
    compact: true,
    minified: true,
    comments: false,
    babelrc: false,
    configFile: false,
  }).code;

const COMPILED = {
  transpiled,
  /** 8.4+ with `skipTranspile`. */
  'as written, strict': (script) => `'use strict';${script}`,
};

/** The same in 7 and 8; `Store` and `fetch` are declared beside the script, the rest is put on its global object. */
const around = (compiled) => `
const Store = (() => {
  const kept = {};
  return { get(key) { return kept[key]; }, set(key, value) { kept[key] = value; return value; } };
})();
const fetch = async (...args) => serverFetch.apply(undefined, args, { arguments: { copy: true }, result: { promise: true } });
${compiled}
(() => {
  const instance = new Script();
  return { call: (input) => instance.process_incoming_request(input) };
})();
`;

const sandbox = (isolate) => {
  const context = isolate.createContextSync();
  const { global } = context;
  const before = new Set(context.evalSync('Object.getOwnPropertyNames(globalThis)', { copy: true }));
  const say = new ivm.Callback(() => undefined);
  global.setSync('global', global.derefInto());
  global.setSync('ivm', ivm);
  global.setSync('s', new ivm.ExternalCopy({}).copyInto());
  global.setSync('console', new ivm.ExternalCopy({ log: say, info: say, warn: say, error: say }).copyInto());
  global.setSync('serverFetch', new ivm.Reference(() => Promise.reject(new Error('no network'))));
  const names = context.evalSync('Object.getOwnPropertyNames(globalThis)', { copy: true });
  return { context, added: names.filter((name) => !before.has(name)).sort() };
};

const load = async (compiled) => {
  const isolate = new ivm.Isolate({ memoryLimit: MEMORY_MB });
  const { context, added } = sandbox(isolate);
  const script = await isolate.compileScript(around(compiled));
  const functions = await script.run(context, { reference: true, timeout: LOAD_MS });
  const call = functions.getSync('call', { reference: true });
  return { isolate, context, added, call };
};

/** CPU of the isolate's own thread, ms: what else runs on the machine does not count. */
const cpuMs = (isolate) => Number(isolate.cpuTime) / 1e6;

const askOnce = async ({ isolate, call }, request, limits) => {
  const before = cpuMs(isolate);
  const result = await call.applySync(undefined, [{ request }], {
    arguments: { copy: true },
    result: { copy: true, promise: true },
    ...limits,
  });
  return { result: result ?? null, ms: cpuMs(isolate) - before };
};

const usedKb = (isolate) => isolate.getHeapStatisticsSync().used_heap_size / 1024;

const askAll = async (loaded, requests, runs) => {
  const answers = [];
  for (const request of requests) {
    const asked = [];
    const before = usedKb(loaded.isolate);
    asked.push(await askOnce(loaded, request, {}));
    // What one delivery leaves until it is collected; less than nothing when it was collected meanwhile.
    const heapKb = Math.max(0, usedKb(loaded.isolate) - before);
    for (let run = 1; run < runs; run += 1) asked.push(await askOnce(loaded, request, {}));
    answers.push({
      result: asked[0].result,
      leastMs: Math.min(...asked.map(({ ms }) => ms)),
      firstMs: asked[0].ms,
      heapKb,
    });
  }
  return answers;
};

const judgeMode = async (script, requests, runs) => {
  const loaded = await load(script);
  const loadMs = cpuMs(loaded.isolate);
  const answers = await askAll(loaded, requests, runs);
  const absent = loaded.context.evalSync(
    `[${['require', 'process', 'Buffer', 'URL', 'URLSearchParams', 'TextEncoder', 'setTimeout', 'queueMicrotask', 'HTTP', '_', 'moment', 'module', 'exports'].map((name) => `typeof ${name}`).join(',')}]`,
    { copy: true },
  );
  const heapMb = loaded.isolate.getHeapStatisticsSync().used_heap_size / 2 ** 20;
  const outcome = { loadMs, answers, heapMb, alive: !loaded.isolate.isDisposed, added: loaded.added, absent };
  loaded.isolate.dispose();
  return outcome;
};

/** What a script that breaks the limit meets: the limits limit. */
const breaks = async (script, limits) => {
  try {
    await askOnce(await load(script), {}, limits);
    return 'nothing';
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
};

const { script, versions, runs } = JSON.parse(await text(process.stdin));
const report = {};
for (const [version, { modes, requests }] of Object.entries(versions)) {
  report[version] = {};
  for (const mode of modes) report[version][mode] = await judgeMode(COMPILED[mode](script), requests, runs);
}
const broken = {
  memory: await breaks(
    'class Script { process_incoming_request() { const a = []; for (;;) a.push(new Array(1e4).fill(a.length)); } }',
    {},
  ),
  time: await breaks('class Script { process_incoming_request() { for (;;); } }', { timeout: 50 }),
};
process.stdout.write(JSON.stringify({ report, broken }));
