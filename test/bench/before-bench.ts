/** What `npm run bench:before` measures. Called by before.mjs with the repository, and a folder that has this version's programs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { version01 } from '../e2e/docker/version-01.ts';
import { freePort } from '../helpers/free-port.ts';
import { aligned } from './aligned.ts';
import { beforeRows, isAsFast, type Turns } from './before-table.ts';
import { isBusy, loadNow, machine } from './machine.ts';
import { must } from './programs.ts';
import { endWith, writeResults } from './written.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
});
const [root = '', dist = ''] = positionals;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

interface Version {
  readonly key: 'now' | 'before';
  readonly dist: string;
  readonly tools: string;
}

const images = (await import(join(root, 'test/e2e/images/build.mjs'))) as typeof import('../e2e/images/build.mjs');
await images.buildImages();
await must(process.execPath, [join(root, 'compose/tools/build.mjs'), images.TOOLS]);
const old = version01(root);
const VERSIONS: readonly Version[] = [
  { key: 'before', dist: old.dist, tools: old.tools },
  { key: 'now', dist, tools: images.TOOLS },
];

const timed = async (version: Version, program: string, words: readonly string[]): Promise<number> =>
  (await must(process.execPath, [join(version.dist, `${program}.js`), ...words])).tookMs;

interface Stack {
  readonly dir: string;
  /** `chatops-up …` on it; ms. */
  drive(...words: readonly string[]): Promise<number>;
}

/** The default stack, of that version. */
const aStack = async (version: Version, engine: 'embedded' | 'docker'): Promise<Stack> => {
  const dir = mkdtempSync(join(tmpdir(), `chatops-${version.key}-`));
  const named = Object.entries({ ...images.STANDINS, nginx: images.NGINX, tools: version.tools });
  const helper = version.key === 'now' ? `, helperImage: "${images.BASE}"` : '';
  const lines = [
    `name: bench-${version.key}-${process.pid}`,
    `ports: { http: ${await freePort()}, ssh: ${await freePort()} }`,
    ...(engine === 'docker'
      ? [
          'images:',
          ...named.map(([image, reference]) => `  ${image}: ${reference}`),
          `runner: { image: "${images.BASE}"${helper} }`,
        ]
      : []),
  ];
  writeFileSync(join(dir, 'chatops.yaml'), `${lines.join('\n')}\n`);
  const drive: Stack['drive'] = (...words) =>
    timed(version, 'chatops-up', [...words, '--dir', dir, '--engine', engine]);
  return { dir, drive };
};

const rounds = Number(values.rounds);
/**
 * Turns a round: the sooner a thing is over, the more of its time a moment's disturbance is. Seven turns of what takes
 * two seconds were seen to differ by 10 % where twenty differed by 2 %.
 */
const TURNS = { fifthOfASecond: 8, twoSeconds: 4, sevenSeconds: 2 } as const;

/** Each in turn, once without being measured. */
const turns = async (
  what: string,
  takes: keyof typeof TURNS,
  measure: (version: Version) => Promise<number>,
): Promise<Turns> => {
  const times = rounds * TURNS[takes];
  const took: Record<Version['key'], number[]> = { now: [], before: [] };
  for (const version of VERSIONS) await measure(version);
  for (let round = 1; round <= times; round += 1)
    for (const version of round % 2 === 0 ? VERSIONS : VERSIONS.toReversed())
      took[version.key].push(await measure(version));
  say(`${what}: measured`);
  return { what, ...took };
};

const ofPrograms = async (): Promise<readonly Turns[]> => {
  const server = createServer((_, reply) => reply.end('ok')).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    return [
      await turns('chatops-up --version', 'fifthOfASecond', (version) => timed(version, 'chatops-up', ['--version'])),
      await turns('chatops-probe, one question', 'fifthOfASecond', (version) =>
        timed(version, 'chatops-probe', ['http', url]),
      ),
    ];
  } finally {
    server.close();
  }
};

const ofStacks = async (
  engine: 'embedded' | 'docker',
  where: string,
  fromDown: keyof typeof TURNS,
): Promise<readonly Turns[]> => {
  const stacks = new Map<Version, Stack>();
  for (const version of VERSIONS) stacks.set(version, await aStack(version, engine));
  const of = (version: Version): Stack => stacks.get(version) as Stack;
  try {
    for (const version of VERSIONS) await of(version).drive('up');
    return [
      await turns(`${where}: up again, nothing to do`, 'twoSeconds', (version) => of(version).drive('up')),
      await turns(`${where}: plan, nothing to do`, 'twoSeconds', (version) => of(version).drive('plan')),
      // All gates, in the order of the graph: the data is there, the servers are not.
      await turns(`${where}: up after down, every gate`, fromDown, async (version) => {
        await of(version).drive('down');
        return of(version).drive('up');
      }),
    ];
  } finally {
    for (const { dir, drive } of stacks.values()) {
      await drive('down', '--volumes', '--yes');
      rmSync(dir, { recursive: true, force: true });
    }
  }
};

const loadBefore = loadNow();
if (isBusy(loadBefore)) say(`this machine is busy (load average ${loadBefore}): a bound may be missed for that alone`);
const all = [
  ...(await ofPrograms()),
  ...(await ofStacks('embedded', 'stand-ins', 'twoSeconds')),
  ...(await ofStacks('docker', 'containers', 'sevenSeconds')),
];
const facts = await machine(loadBefore);
const rows = beforeRows(all);
process.stdout.write(`${aligned(rows)}\n`);

const about = [
  ': this version and 0.1, as its last commit has it, in turns on the same machine. Medians.',
  'What is over sooner takes more turns a round (up to 8). Each works on a default stack that it has made itself; containers are stand-ins but for nginx.',
];
writeResults(root, { name: 'before', about, rows, facts, rounds: String(rounds) }, { turns: all });
endWith(all.every(isAsFast));
