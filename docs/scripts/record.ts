/**
 * Records docs/up.svg: the main job twice, really run on the embedded engine in a new directory, over a pseudo terminal of
 * script(1) of util-linux. Run by `npm run docs:record`, when what `up` prints has changed; times differ with every run.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Line, screenOf } from './terminal-screen.ts';
import { terminalSvg } from './terminal-svg.ts';

const root = process.cwd();
execFileSync(process.execPath, ['rolldown.config.mjs'], { stdio: 'inherit' });
const scratch = mkdtempSync(join(tmpdir(), 'chatops-record-'));

const run = (command: string): string =>
  execFileSync('script', ['--quiet', '--return', '--command', `stty cols 160 rows 60; ${command}`, '/dev/null'], {
    cwd: scratch,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: scratch, TERM: 'xterm-256color' },
  });

const plain = (text: string): Line => [{ text, look: 'plain' }];
const textOf = (line: Line): string => line.map(({ text }) => text).join('');

/** Up to the line that `end` begins, and a mark that there was more. */
const until = (lines: readonly Line[], end: string): readonly Line[] => {
  const at = lines.findIndex((line) => textOf(line).startsWith(end));
  if (at === -1) throw new Error(`the run did not print ${end}`);
  return [...lines.slice(0, at), [{ text: '⋯', look: 'dim' }]];
};

try {
  const up = `${process.execPath} ${join(root, 'dist/chatops-up.js')} up --dir demo --engine embedded --yes`;
  // Where it ran says nothing to a reader.
  const shown = (): string => run(up).replaceAll(`${scratch}/`, '');
  const first = until(screenOf(shown()), 'addresses');
  const second = until(screenOf(shown()), 'proof');
  const command = '$ chatops-up up --dir demo --engine embedded --yes';
  const lines = [plain(command), ...first, [], plain(command), ...second];
  writeFileSync('docs/up.svg', terminalSvg(lines, 'chatops-up up, run twice: the second run changes nothing'));
} finally {
  rmSync(scratch, { recursive: true });
}
