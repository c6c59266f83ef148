import { cannotObey } from './refusal.ts';

const MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTES: Readonly<Record<string, number>> = { k: 1_024, m: 1_048_576, g: 1_073_741_824 };

/** `65s`, `1h 30m` in one word, or seconds (nginx.org/en/docs/syntax.html). */
export const milliseconds = (text: string, line: number): number => {
  const parts = [...text.matchAll(/(\d+)(ms|[smhd])?/g)];
  if (text === '' || parts.map(([whole]) => whole).join('') !== text) throw cannotObey(`${text} is not a time`, line);
  return parts.reduce((sum, [, count = '0', unit = 's']) => sum + Number(count) * (MS[unit] ?? 0), 0);
};

/** `200m`, `16k` or bytes. */
export const bytes = (text: string, line: number): number => {
  const groups = /^(?<count>\d+)(?<unit>[kmg])?$/i.exec(text)?.groups;
  if (groups === undefined) throw cannotObey(`${text} is not a size`, line);
  return Number(groups.count) * (BYTES[groups.unit?.toLowerCase() ?? ''] ?? 1);
};
