/** `doctor network` for people: a column for each that asks, a row for each port that is asked for. */
import type { Cell, NetworkDiagnosis } from '../doctor/diagnosis.ts';
import type { Broken } from '../doctor/seen.ts';
import type { Endpoint } from '../stack/stack.ts';

const nameOf = ({ service, port }: Endpoint): string => `${service}:${port}`;

const WORDS = { refused: 'refused', 'timed-out': 'silent', 'no-route': 'no way', failed: 'failed' } as const;

const LEGEND: Readonly<Record<string, string>> = {
  'no name': 'nobody of that name is known there',
  refused: 'the address is there, nothing listens on the port',
  silent: 'no answer in time',
  'no way': 'the address cannot be reached',
  failed: 'the connection failed otherwise',
  '?': 'could not be asked',
};

const wordOf = ({ reached }: Cell): string => {
  if (reached === undefined) return '?';
  if (reached.kind === 'reached') return reached.ms < 10 ? reached.ms.toFixed(1) : String(Math.round(reached.ms));
  return reached.kind === 'no-name' ? 'no name' : WORDS[reached.how];
};

const markOf = ({ because, forbidden }: Cell): string => {
  if (forbidden) return '-';
  return because === undefined ? '' : '*';
};

const cellText = (cell: Cell): string => `${markOf(cell)}${wordOf(cell)}`;

const table = ({ sources, targets, cells }: NetworkDiagnosis): readonly string[] => {
  const rows = targets.map((to) => [
    nameOf(to),
    ...sources.map((from) => {
      const cell = cells.find((each) => each.from === from && each.to === to);
      return cell === undefined ? '' : cellText(cell);
    }),
  ]);
  const all = [['', ...sources], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return all.map(line);
};

/** Only the words that stand in the table. */
const legend = ({ cells }: NetworkDiagnosis): readonly string[] => {
  const used = new Set(cells.map(wordOf));
  const words = Object.entries(LEGEND).filter(([word]) => used.has(word));
  return [
    '*  the stack needs this way; a number: ms until the connection stood',
    ...(cells.some(({ forbidden }) => forbidden) ? ['-  the two share no network: this way must not be there'] : []),
    ...words.map(([word, text]) => `${word}: ${text}`),
  ];
};

const brokenText = ({ from, to, why, because, next }: Broken): readonly string[] => [
  `! ${from}${to === undefined ? '' : ` → ${nameOf(to)}`}: ${why}`,
  ...(because === undefined ? [] : [`    needed as ${because}`]),
  `    next  ${next}`,
];

const verdict = ({ broken, needed, forbidden }: NetworkDiagnosis): string => {
  if (broken.length > 0)
    return `${broken.length} ${broken.length === 1 ? 'thing is' : 'things are'} not as the stack needs it`;
  return `everybody reaches whom they need (${needed} ways), and nobody whom they must not (${forbidden} ways, tried by name and by address)`;
};

export const networkText = (diagnosis: NetworkDiagnosis): string =>
  `${[
    'who reaches whom by name, tried inside each container (columns ask, rows are asked for):',
    '',
    ...table(diagnosis),
    '',
    ...legend(diagnosis),
    ...(diagnosis.broken.length === 0 ? [] : ['', ...diagnosis.broken.flatMap(brokenText)]),
    '',
    verdict(diagnosis),
  ].join('\n')}\n`;

export const networkJson = ({ cells, ...diagnosis }: NetworkDiagnosis): object => ({
  type: 'network',
  healthy: diagnosis.broken.length === 0,
  ...diagnosis,
  targets: diagnosis.targets.map(nameOf),
  ways: cells.map(({ from, to, because, forbidden, reached }) => ({
    from,
    to: nameOf(to),
    needed: because !== undefined,
    forbidden,
    ...(because === undefined ? {} : { because }),
    ...(reached ?? { kind: 'not-asked' }),
  })),
  broken: diagnosis.broken.map(({ to, ...rest }) => ({ ...rest, ...(to === undefined ? {} : { to: nameOf(to) }) })),
});
