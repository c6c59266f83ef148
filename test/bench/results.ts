/** Results as text. Pure. */
import { aligned } from './aligned.ts';
import type { Measured, Verdict } from './bounds.ts';
import type { Machine } from './machine.ts';
import type { Results } from './written.ts';

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

const rowsOf = (verdicts: readonly Verdict[]): Results['rows'] => [HEAD, ...verdicts.map(cells)];

export const table = (verdicts: readonly Verdict[]): string => aligned(rowsOf(verdicts));

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

export const gateResults = (facts: Machine, verdicts: readonly Verdict[], measured: Measured): Results => ({
  name: 'gates',
  about: ['. Medians of one run; what is compared took turns on the same machine.'],
  rows: rowsOf(verdicts),
  more: steadyText(measured),
  facts,
  rounds: Object.entries(measured.shapes)
    .map(([shape, { length }]) => `${shape} ${length}`)
    .join(', '),
});
