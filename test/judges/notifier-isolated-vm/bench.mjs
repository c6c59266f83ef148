/**
 * `npm run notifier:bench [folder]`: the message of each captured delivery with the time and memory it takes in
 * Rocket.Chat's own sandbox. Default: the payloads of the tests. Needs ./install.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../../..', import.meta.url));
const SECRET = 'bench';
const RUNS = 20;

if (!existsSync(`${here}.cache/built-${process.versions.modules}`)) {
  process.stderr.write('the sandbox is not built: run test/judges/notifier-isolated-vm/install\n');
  process.exit(1);
}

const notifierScript = async () => {
  const { outputFiles } = await build({
    entryPoints: [`${root}src/notifier/notifier-script.ts`],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
  const secretSha256 = createHash('sha256').update(SECRET).digest('hex');
  return module.notifierScript({ locale: 'en', secretSha256, defaultRoom: 'bench', intermediate: true });
};

/** A bare payload, an entry of GitLab's log, or `{header, payload}` as the tests keep them. */
const deliveryIn = (folder, file) => {
  const read = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const headers = Object.entries(read.request_headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    name: file.replace(/\.json$/, ''),
    header: Object.fromEntries(headers)['x-gitlab-event'] ?? read.header ?? '',
    payload: read.request_data ?? read.payload ?? read,
  };
};

const folder = process.argv[2] ?? `${root}test/fixtures/notifier/payloads`;
const deliveries = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .sort()
  .map((file) => deliveryIn(folder, file));
const requests = deliveries.map(({ header, payload }) => ({
  headers: { 'x-gitlab-event': header, 'x-gitlab-token': SECRET },
  url: { query: {} },
  content: payload,
  body: payload,
}));
const modes = ['transpiled', 'as written, strict'];
const input = JSON.stringify({ script: await notifierScript(), versions: { 8: { modes, requests } }, runs: RUNS });
const judge = [
  process.execPath,
  ['--no-node-snapshot', `${here}judge.mjs`],
  { input, encoding: 'utf8', maxBuffer: 2 ** 28 },
];
const { status, stdout, stderr } = spawnSync(...judge);
if (status !== 0) {
  process.stderr.write(stderr);
  process.exit(1);
}
const judged = JSON.parse(stdout).report[8];
const [written, transpiled] = [judged['as written, strict'], judged.transpiled];

const width = Math.max(...deliveries.map(({ name }) => name.length));
const cells = (name, ms, es5, heap, message) =>
  `${name.padEnd(width)}  ${ms.padStart(7)}  ${es5.padStart(7)}  ${heap.padStart(7)}  ${message}\n`;
process.stdout.write(`CPU is the least of ${RUNS} runs; "es5": through Rocket.Chat's compiler\n\n`);
process.stdout.write(cells('delivery', 'ms', 'es5 ms', 'KB', 'message'));
for (const [index, { name }] of deliveries.entries()) {
  const { leastMs, heapKb, result } = written.answers[index];
  const message = result?.content?.text ?? (result === null ? '(says nothing)' : JSON.stringify(result));
  const es5 = transpiled.answers[index].leastMs;
  process.stdout.write(cells(name, leastMs.toFixed(2), es5.toFixed(2), heapKb.toFixed(0), message));
}
process.stdout.write(`\nheap at the end: ${written.heapMb.toFixed(1)} MB of 8\n`);
