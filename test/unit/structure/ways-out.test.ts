/** Whatever leaves the program was cleaned: there is one way out to the streams, and files have their writers. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { waysOutIn } from './ways-out.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Every file that opens a way out, and why what leaves there is clean. */
const WAYS: Readonly<Record<string, { readonly ways: readonly string[]; readonly why: string }>> = {
  'src/adapters/streams.ts': {
    ways: ['createOutlet', 'process.stderr', 'process.stdout'],
    why: 'the streams of the process, as outlets',
  },
  'src/adapters/journal.ts': { ways: ['appendFileSync'], why: 'is handed what cleans, and cleans each entry' },
  'src/adapters/report-file.ts': { ways: ['writeFile'], why: 'is handed what cleans, and cleans the report' },
  'src/adapters/files.ts': {
    ways: ['open'],
    why: 'files of the stack, which must hold what was rendered, secrets too',
  },
  'src/adapters/lock.ts': { ways: ['node:fs'], why: 'who holds a lock, in our own words' },
  'src/programs/install.ts': { ways: ['writeFileSync'], why: 'programs' },
  'src/engines/embedded/loopback-ports.ts': { ways: ['writeFileSync'], why: 'ports of servers that are played' },
  'src/engines/embedded/records.ts': { ways: ['writeFileSync'], why: 'services that are played, from the graph' },
  'src/engines/embedded/write-ledger.ts': { ways: ['writeFileSync'], why: 'what servers that are played counted' },
  'src/parts/front-door/client/real-nginx.ts': { ways: ['writeFileSync'], why: 'a rendered file' },
  'src/parts/mongodb/client/key-on-disk.ts': { ways: ['writeFileSync'], why: 'a key, for a server that is played' },
  'src/parts/postgres/client/data-folder.ts': {
    ways: ['writeFileSync'],
    why: 'a password, for a server that is played, as long as its data are made',
  },
  'src/cli/choose-reporter.ts': { ways: ['liveTerminal'], why: 'the live display cleans every event' },
  'src/cli/chatops-up.ts': { ways: ['createKnownSecrets'], why: 'a program begins here' },
  'src/programs/chatops-probe.ts': { ways: ['createKnownSecrets'], why: 'a program begins here' },
  'src/programs/chatops-tools.ts': { ways: ['createKnownSecrets'], why: 'a program begins here' },
  'src/wiring/library.ts': {
    ways: ['createKnownSecrets', 'createOutlet'],
    why: 'a call of a library is a program of its own, which says nothing itself',
  },
  'src/wiring/tools.ts': { ways: ['createWriteStream'], why: 'the archive of an image, which is built from programs' },
  'src/wiring/read-secrets.ts': { ways: ['prepareSecrets'], why: 'makes known what it prepares' },
};

const sources = readdirSync(`${root}src`, { recursive: true, encoding: 'utf8' })
  .map((name) => `src/${name}`)
  .filter((path) => path.endsWith('.ts') && !path.startsWith('src/values/words/'));

describe('texts', () => {
  it('leave the program where they were cleaned, and nowhere else', () => {
    const found = Object.fromEntries(
      ['operations.ts', ...sources]
        .map((path) => [path, waysOutIn(readFileSync(root + path, 'utf8'))] as const)
        .filter(([, ways]) => ways.length > 0),
    );
    expect(found).toEqual(Object.fromEntries(Object.entries(WAYS).map(([path, { ways }]) => [path, ways])));
  });
});

describe('the reader of ways out', () => {
  it.each([
    ['a stream', "process.stdout.write('a');", ['process.stdout']],
    ['a stream that is handed on', 'const a = { to: process.stderr };', ['process.stderr']],
    ['the console', "console.log('a');", ['console']],
    ['a writer of files', "import { writeFile as put } from 'node:fs/promises';", ['writeFile']],
    ['all of node:fs', "import * as fs from 'node:fs';", ['node:fs']],
    ['an outlet', 'createOutlet(() => undefined, clean);', ['createOutlet']],
  ])('sees %s', (_what, text, ways) => {
    expect(waysOutIn(text)).toEqual(ways);
  });

  it('does not take reading, types and words for one', () => {
    const text =
      "import { readFile, type WriteStream } from 'node:fs';\n// console.log\nconst a = (files: Files) => files.write(process.argv[2]);";
    expect(waysOutIn(text)).toEqual([]);
  });
});
