/**
 * The worker's program, as a text because a worker cannot be loaded from TypeScript. It makes an empty context, lets
 * the bootstrap fill it, loads the script within its limit, then answers calls.
 *
 * node:vm is no wall against a determined attacker. The scripts are those of the stack's own administrator; what is
 * done here keeps a script from reaching Node by accident or by the known short ways: nothing of this realm is handed
 * in but one function kept in a closure, texts alone cross the border, code from strings is off, and this realm's own
 * function constructors are taken away, since errors and promises of `import()` come from here.
 */
export const WORKER_SOURCE = `'use strict';
const { parentPort, workerData } = require('node:worker_threads');
const vm = require('node:vm');

for (const sample of [function () {}, async function () {}, function* () {}, async function* () {}])
  Object.defineProperty(Object.getPrototypeOf(sample), 'constructor', { value: undefined, writable: false, configurable: false });

const post =(message) => parentPort.postMessage(message);
const send = (text) => { post(text); };
const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
const reasonOf = (thrown) => { try { return String(thrown && thrown.message !== undefined ? thrown.message : thrown); } catch (_) { return 'error'; } };

try {
  const timeout = workerData.loadLimitMs;
  const inside = vm.runInContext(workerData.bootstrap, context)(send, workerData.store);
  vm.runInContext(workerData.script, context, { timeout, filename: 'integration.js' });
  inside.become(vm.runInContext('new Script()', context, { timeout, filename: 'integration.js' }));
  parentPort.on('message', (message) => {
    if (message.type === 'call') inside.call(message.id, message.request);
    else inside.settle(message.id, message.answer);
  });
  post('{"type":"loaded"}');
} catch (thrown) {
  post(JSON.stringify({ type: 'not-loaded', reason: reasonOf(thrown) }));
}`;
