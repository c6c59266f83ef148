/** Results as text. Pure. */
import { aligned } from './aligned.ts';
import type { Measured, Verdict } from './bounds.ts';
import type { Machine } from './machine.ts';

const number = (value: number, { unit }: Verdict): string =>
  unit === 'ms' ? `${Math.round(value)} ms` : value.toFixed(2);

const cells = (verdict: Verdict): readonly string[] => [
  verdict.what,
  number(verdict.measured, verdict),
  verdict.unit === 'ms' ? number(verdict.against, verdict) : verdict.unit,
  verdict.ratio.toFixed(2),
  `≤ ${verdict.bound}`,
  verdict.holds ? 'holds' : 'MISSED',
];

const HEAD = ['what', 'measured', 'against', 'ratio', 'bound', ''];

export const table = (verdicts: readonly Verdict[]): string => aligned([HEAD, ...verdicts.map(cells)]);

const rowOf = (row: readonly string[]): string => `| ${row.join(' | ')} |`;

const percent = (part: number): string => `${(part * 100).toFixed(2)} %`;

const steadyText = ({ stack }: Measured): readonly string[] =>
  stack === undefined
    ? []
    : [
        '',
        `Steady state over ${stack.steady.seconds} s, parts of one core: prober ${percent(stack.steady.prober)}; HEALTHCHECKs ${Object.entries(
          stack.steady.healthchecks,
        )
          .map(([service, part]) => `${service} ${percent(part)}`)
          .join(', ')}.`,
        `Docker itself (daemon, containerd, shims, everything on this engine; not judged): ${percent(stack.steady.docker)}.`,
      ];

/** `test/bench/results/gates.md`. */
export const markdown = (facts: Machine, verdicts: readonly Verdict[], measured: Measured): string =>
  [
    '# npm run bench:gates',
    '',
    'Written by `npm run bench:gates`. Medians of one run; what is compared took turns on the same machine.',
    '',
    rowOf(HEAD),
    rowOf(HEAD.map(() => '---')),
    ...verdicts.map((verdict) => rowOf(cells(verdict))),
    ...steadyText(measured),
    '',
    '| machine | |',
    '| --- | --- |',
    ...Object.entries(facts).map((entry) => rowOf(entry)),
    '',
    `Rounds: ${Object.entries(measured.shapes)
      .map(([shape, { length }]) => `${shape} ${length}`)
      .join(', ')}. Every number is in \`gates.json\`.`,
    '',
  ].join('\n');
