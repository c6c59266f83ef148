/** The benchmark: what it measures, in which order, and where it ends. Judged by bounds.ts. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../helpers/free-port.ts';
import { criticalPath, SHAPES, type Shape } from './bench-stack.ts';
import type { BenchResult } from './bench-up.ts';
import { judge, type Measured, type Round } from './bounds.ts';
import { isBusy, loadNow, machine } from './machine.ts';
import { containersOf, must, run } from './programs.ts';
import { gateResults, table } from './results.ts';
import { measureSteady } from './steady.ts';
import { endWith, writeResults } from './written.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '120' },
    'no-stack': { type: 'boolean', default: false },
  },
});
const [root = '', dist = ''] = positionals;
const rounds = Number(values.rounds);
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const images = (await import(join(root, 'test/e2e/images/build.mjs'))) as typeof import('../e2e/images/build.mjs');
const SERVER = 'chatops-test/base:12.0';

const listening = async (id: string): Promise<number> => {
  const { stdout } = await must('docker', ['logs', id]);
  return Number(/^listening ([\d.]+)$/m.exec(stdout)?.[1]);
};

/** One shape, measured again and again; ours and Compose take turns at being first. */
const measureShape = async (shape: Shape): Promise<readonly Round[]> => {
  const name = `bench-${shape}-${process.pid}`;
  const dir = mkdtempSync(join(tmpdir(), `chatops-bench-${shape}-`));
  const compose = (...args: readonly string[]): readonly string[] => ['compose', '--project-directory', dir, ...args];
  const ours = [join(dist, 'bench-up.mjs'), shape, name, dir, SERVER, images.TOOLS];
  const composeUp = (): ReturnType<typeof must> => must('docker', compose('up', '-d', '--wait'));
  const fromCreated = async (): Promise<void> => {
    await must('docker', compose('down', '--volumes', '--timeout', '2'));
    await must('docker', compose('create'));
  };

  const oursFromCreated = async (): Promise<Pick<Round, 'gatesMs' | 'criticalMs' | 'oursMs'>> => {
    await fromCreated();
    const { stdout, tookMs } = await must(process.execPath, ours);
    const { begunAt, openAt, startsAt } = JSON.parse(stdout) as BenchResult;
    const own = new Map<string, number>();
    for (const { id, service } of await containersOf(name)) {
      const asked = startsAt[id];
      if (service in SHAPES[shape] && asked !== undefined) own.set(service, (await listening(id)) - asked);
    }
    return { gatesMs: openAt - begunAt, criticalMs: criticalPath(shape, own), oursMs: tookMs };
  };
  const composeFromCreated = async (): Promise<number> => {
    await fromCreated();
    return (await composeUp()).tookMs;
  };

  try {
    await must(process.execPath, [...ours, 'render']);
    const measured: Round[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const composeFirst = round % 2 === 1 ? await composeFromCreated() : undefined;
      const made = await oursFromCreated();
      const oursAgainMs = (await must(process.execPath, ours)).tookMs;
      const composeMs = composeFirst ?? (await composeFromCreated());
      const composeAgainMs = (await composeUp()).tookMs;
      measured.push({ ...made, composeMs, oursAgainMs, composeAgainMs });
      say(
        `${shape} ${round + 1}: ${JSON.stringify(measured.at(-1), (_, value) => (typeof value === 'number' ? Math.round(value) : value))}`,
      );
    }
    return measured;
  } finally {
    await run('docker', compose('down', '--volumes', '--timeout', '2'));
    rmSync(dir, { recursive: true, force: true });
  }
};

/** The whole product on stand-in images: the converged run, and what it costs while nothing happens. */
const measureStack = async (): Promise<NonNullable<Measured['stack']>> => {
  const name = `bench-stack-${process.pid}`;
  const dir = mkdtempSync(join(tmpdir(), 'chatops-bench-stack-'));
  const ports = `{ http: ${await freePort()}, ssh: ${await freePort()} }`;
  const all = { ...images.STANDINS, nginx: images.NGINX, tools: images.TOOLS };
  const lines = Object.entries(all).map(([image, reference]) => `  ${image}: ${reference}\n`);
  writeFileSync(join(dir, 'chatops.yaml'), `name: ${name}\nimages:\n${lines.join('')}ports: ${ports}\n`);
  const ours = [join(dist, 'chatops-up.js'), 'up', '--dir', dir, '--engine', 'docker'];
  try {
    await must(process.execPath, ours);
    const again: { oursAgainMs: number; composeAgainMs: number }[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { tookMs, stdout } = await must(process.execPath, ours);
      if (!stdout.includes('0 changes')) throw new Error(`the stack was not converged:\n${stdout}`);
      // Compose runs the one-shot jobs again, and ends with 1 when the last of them has ended (2.26): its time counts
      // all the same, and is shorter than if it had waited for everything.
      const compose = await run('docker', ['compose', '--project-directory', dir, 'up', '-d', '--wait']);
      again.push({ oursAgainMs: tookMs, composeAgainMs: compose.tookMs });
      say(
        `stack ${round + 1}: ours ${Math.round(tookMs)}, compose ${Math.round(compose.tookMs)} (ended with ${compose.status})`,
      );
    }
    say(`stack: steady state for ${values.seconds} s`);
    return { again, steady: await measureSteady(name, Number(values.seconds)) };
  } finally {
    await run(process.execPath, [
      join(dist, 'chatops-up.js'),
      'down',
      '--volumes',
      '--yes',
      '--engine',
      'docker',
      '--dir',
      dir,
    ]);
    rmSync(dir, { recursive: true, force: true });
  }
};

const loadBefore = loadNow();
if (isBusy(loadBefore)) say(`this machine is busy (load average ${loadBefore}): bounds may be missed for that alone`);
say('images');
await images.buildImages();
await must(process.execPath, [join(root, 'compose/tools/build.mjs'), images.TOOLS]);
const measured: Measured = {
  shapes: { chain: await measureShape('chain'), diamond: await measureShape('diamond') },
  ...(values['no-stack'] ? {} : { stack: await measureStack() }),
};
const verdicts = judge(measured);
const facts = await machine(loadBefore);
process.stdout.write(`${table(verdicts)}\n`);
writeResults(root, gateResults(facts, verdicts, measured), { verdicts, measured });
endWith(verdicts.every(({ holds }) => holds));
