/** Results as a file that people read: tables, where it was measured, and how each benchmark ends. Pure but for `writeResults`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Machine } from './machine.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** @param rows the first is the head */
export const markdownTable = ([head = [], ...rest]: readonly (readonly string[])[]): readonly string[] => [
  row(head),
  row(head.map(() => '---')),
  ...rest.map(row),
];

export interface Results {
  /** `first-run`: of the script `bench:first-run`, and of the files. */
  readonly name: string;
  /** How it was measured, a line each; completes "Written by `npm run bench:…`". */
  readonly about: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** After the table, a line each. Default: none */
  readonly more?: readonly string[];
  readonly facts: Machine;
  /** How many there were. */
  readonly rounds: string;
}

/** `test/bench/results/NAME.md`. */
export const markdown = ({ name, about: [first = '', ...about], rows, more = [], facts, rounds }: Results): string =>
  [
    `# npm run bench:${name}`,
    '',
    `Written by \`npm run bench:${name}\`${first}`,
    ...about,
    '',
    ...markdownTable(rows),
    ...more,
    '',
    ...['| machine | |', '| --- | --- |'],
    ...Object.entries(facts).map(row),
    '',
    `Rounds: ${rounds}. Every number is in \`${name}.json\`.`,
    '',
  ].join('\n');

/** @param numbers everything that was measured, beside the machine */
export const writeResults = (root: string, results: Results, numbers: object): void => {
  const dir = join(root, 'test/bench/results');
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, `${results.name}.json`),
    `${JSON.stringify({ machine: results.facts, ...numbers }, null, 2)}\n`,
  );
  writeFileSync(join(dir, `${results.name}.md`), markdown(results));
};

/** Apart from 1, with which a benchmark ends that could not measure. */
const MISSED = 3;

export const endWith = (holds: boolean): void => {
  process.exitCode = holds ? 0 : MISSED;
};
