/** What an option may be: a switch, a text, a path, a time, a number, one of a few words, or settings. */
import { resolve } from 'node:path';
import type { ArgumentKind, Given, OptionKind, Reading } from './option-kind.ts';

const textOf = (given: Given): string | undefined => (typeof given === 'string' ? given : undefined);

export const flag = (about: string): OptionKind<boolean> => ({
  about,
  read: (given) => ({ value: given === true }),
});

/** A switch that must be there. */
export const requiredFlag = (about: string): OptionKind<true> => ({
  about,
  required: true,
  read: () => ({ value: true }),
});

/** @param value what stands after it, `<name>` */
export const text = (value: string, about: string): OptionKind<string | undefined> => ({
  about,
  value,
  read: (given) => ({ value: textOf(given) }),
});

/** Absolute, or undefined. */
export const path = (value: string, about: string): OptionKind<string | undefined> => ({
  about,
  value,
  read: (given, cwd) => {
    const word = textOf(given);
    return { value: word === undefined ? undefined : resolve(cwd, word) };
  },
});

/** Absolute; the working directory where it is not given. */
export const directory = (about: string): OptionKind<string> => ({
  about,
  value: '<path>',
  fallback: 'the working directory, or the nearest one above it that has a chatops.yaml',
  read: (given, cwd) => ({ value: resolve(cwd, textOf(given) ?? '.') }),
});

const orElse = <T>(given: Given, fallback: T, read: (word: string) => Reading<T>): Reading<T> => {
  const word = textOf(given);
  return word === undefined ? { value: fallback } : read(word);
};

const UNITS = { ms: 1, s: 1_000, m: 60_000 } as const;

const readTime = (word: string): Reading<number> => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(word) ?? [];
  const value = Number(number) * UNITS[unit as keyof typeof UNITS];
  return value > 0 ? { value } : { problem: 'give a duration such as 500ms, 90s or 2m' };
};

/** `500ms`, `90s`, `2m`, or a bare number of seconds → ms. @param fallback written the same way */
export const duration = (about: string, fallback: string): OptionKind<number> => ({
  about,
  value: '<time>',
  fallback,
  read: (given) => readTime(textOf(given) ?? fallback),
});

/** As `duration`; undefined where it is not given. */
export const optionalDuration = (about: string): OptionKind<number | undefined> => ({
  about,
  value: '<time>',
  read: (given) => orElse<number | undefined>(given, undefined, readTime),
});

/** Up to six digits. */
export const lineCount = (about: string, fallback: number): OptionKind<number> => ({
  about,
  value: '<lines>',
  fallback: String(fallback),
  read: (given) =>
    orElse(given, fallback, (word) =>
      /^\d{1,6}$/.test(word) ? { value: Number(word) } : { problem: 'give a number of lines, e.g. 100' },
    ),
});

const isPort = (word: string): boolean => /^\d{1,5}$/.test(word) && Number(word) <= 65_535;

export const port = (about: string): OptionKind<number | undefined> => ({
  about,
  value: '<number>',
  read: (given) =>
    orElse<number | undefined>(given, undefined, (word) =>
      isPort(word) ? { value: Number(word) } : { problem: 'give a port, 0 to 65535' },
    ),
});

/** One of a few words. */
export const choice = <const T extends string>(
  value: string,
  about: string,
  choices: readonly T[],
  fallback: NoInfer<T>,
): OptionKind<T> => ({
  about,
  value,
  choices,
  fallback,
  read: (given) =>
    orElse<T>(given, fallback, (word) => {
      const found = choices.find((each) => each === word);
      return found === undefined ? { problem: `Allowed choices are ${choices.join(', ')}.` } : { value: found };
    }),
});

/** `key=value`, again and again. */
export const settings = (about: string): OptionKind<readonly string[]> => ({
  about,
  value: '<key=value>',
  repeated: true,
  read: (given) => {
    const words = Array.isArray(given) ? (given as readonly string[]) : [];
    return words.every((word) => word.includes('='))
      ? { value: words }
      : { problem: 'give it as key=value, e.g. ports.http=8081' };
  },
});

/** Where it is not given, a variable stands in for it. */
export const orVariable = <T>(kind: OptionKind<T>, env: string): OptionKind<T> => ({ ...kind, env });

export const argument = (about: string): ArgumentKind => ({ about });
/** Made absolute. */
export const pathArgument = (about: string): ArgumentKind => ({ about, isPath: true });
export const requiredArgument = (about: string): ArgumentKind & { readonly required: true } => ({
  about,
  required: true,
});
/** Made absolute. */
export const requiredPathArgument = (about: string) => ({ ...requiredArgument(about), isPath: true }) as const;
