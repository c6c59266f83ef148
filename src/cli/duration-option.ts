import { InvalidArgumentError } from 'commander';

const UNITS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** `500ms`, `90s`, `2m`, or a bare number of seconds → ms. @throws InvalidArgumentError, which the command line explains */
export const durationOption = (text: string): number => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  const ms = Number(number) * UNITS[unit as keyof typeof UNITS];
  if (!(ms > 0)) throw new InvalidArgumentError('give a duration such as 500ms, 90s or 2m');
  return ms;
};
