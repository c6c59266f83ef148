/** What `npm run bench:first-run` measures. Called by first-run.mjs with the repository, and a folder that has the packages. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { buildStack } from '../../src/stack/build-stack.ts';
import { defaultConfig, ownHouse } from '../../src/wiring/own-house.ts';
import { anEngineOfVendors, type BuiltImages } from '../e2e/docker/engine-of-vendors.ts';
import { NEWER, type PrivateEngine, whyNoPrivateEngine } from '../e2e/docker/private-engine.ts';
import { aligned } from './aligned.ts';
import { firstRunRows, judgeFirstRun, type Round } from './first-run-table.ts';
import { isBusy, loadNow, machine } from './machine.ts';
import { must } from './programs.ts';
import { type Printed, sharesOf, type Timed } from './shares.ts';
import { endWith, writeResults } from './written.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '3' } },
});
const [root = '', home = ''] = positionals;
const program = join(home, 'node_modules/chatops-up/dist/chatops-up.js');
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const stack = buildStack(defaultConfig(), ownHouse());
const ours = new Set(
  stack.nodes.flatMap((node) =>
    node.kind === 'service' && node.container.image === stack.toolsImage ? [node.name] : [],
  ),
);

/** A command of a user of the engine's machine. */
const commandLine = (engine: PrivateEngine, words: readonly string[]): readonly [string, readonly string[]] => {
  const [command = '', ...rest] = [...engine.enter(true), process.execPath, program, ...words];
  return [command, rest];
};

/** @throws Error with the run's last words when it fails */
const firstRun = async (engine: PrivateEngine, dir: string): Promise<Round> => {
  const begun = performance.now();
  const [command, words] = commandLine(engine, ['up', '--yes', '--json', '--engine', 'docker', '--dir', dir]);
  const child = spawn(command, words, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, HOME: dir } });
  const events: Timed[] = [];
  const lines: string[] = [];
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status ?? 1));
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    events.push({ atMs: performance.now() - begun, event: JSON.parse(line) as Printed });
  });
  const status = await ended;
  if (status !== 0) throw new Error(`the run ended with ${status}:\n${lines.slice(-12).join('\n')}`);
  return { shares: sharesOf(events, performance.now() - begun, (service) => ours.has(service)) };
};

/** Everything of the stack, and the tools image: the next run is a first one again. */
const forget = async (engine: PrivateEngine, dir: string): Promise<void> => {
  const [command, words] = commandLine(engine, ['down', '--volumes', '--yes', '--engine', 'docker', '--dir', dir]);
  await must(command, words);
  const docker = (...args: readonly string[]) => must('docker', ['--host', engine.socket, ...args]);
  const tags = (await docker('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', 'chatops-up/tools')).stdout;
  await docker('image', 'rm', ...tags.trim().split('\n'));
  rmSync(dir, { recursive: true, force: true });
};

const whyNot = whyNoPrivateEngine(NEWER);
if (whyNot !== undefined) throw new Error(whyNot);
const loadBefore = loadNow();
if (isBusy(loadBefore))
  say(`this machine is busy (load average ${loadBefore}): the bound may be missed for that alone`);
say('images, and an engine that has them');
const images = (await import(join(root, 'test/e2e/images/build.mjs'))) as BuiltImages;
const engine = await anEngineOfVendors(images);
const rounds: Round[] = [];
try {
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const dir = mkdtempSync(join(tmpdir(), 'chatops-first-run-'));
    rounds.push(await firstRun(engine, dir));
    say(`round ${round}: ${(judgeFirstRun(rounds.slice(-1)).measuredMs / 1_000).toFixed(2)} s of ours`);
    await forget(engine, dir);
  }
} finally {
  await engine.remove();
}
const facts = await machine(loadBefore);
const rows = firstRunRows(rounds);
process.stdout.write(`${aligned(rows)}\n`);

const about = [
  ': from the installed packages to a proven stack, on an engine that has the images of the',
  'vendors (played by stand-ins) and nothing else. Steps of the round in the middle; what is at work at once shares alike.',
];
writeResults(root, { name: 'first-run', about, rows, facts, rounds: String(rounds.length) }, { rounds });
endWith(judgeFirstRun(rounds).holds);
