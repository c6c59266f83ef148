/** Texts made from good ones by chance: characters taken away, doubled and put in, values of documents exchanged. */

/** From 0 up to 1. */
export type Random = () => number;

/** What breaks out of a text in one of the languages that we write, steers a terminal or is not foreseen by a reader. */
const TROUBLE = [
  ...[
    '"',
    "'",
    '`',
    '\\',
    '${HOME}',
    '$(id)',
    '$',
    '{{x}}',
    '%0d%0a',
    '\n',
    '\r\n',
    '\t',
    '\0',
    ';',
    '}',
    '{',
    '#',
    ': ',
    '- ',
  ],
  ...[
    '\n  x: 1',
    '\n}\nserver { listen 1; }',
    '"]\n[[runners]]',
    '-->',
    '<script>',
    '](javascript:a)',
    '| --- |',
    '\n# ',
    '@all',
  ],
  ...['\u001b[2J', '\u009b', '\u202e', '\u200b', '\ud800', '\ufeff', '🎉', 'é'],
  ...[
    '../',
    '../../etc/passwd',
    '/etc/passwd',
    '~',
    '__proto__',
    'constructor',
    'toString',
    '&a',
    '*a',
    '<<',
    '!!js',
    '!x',
  ],
  ...[
    'null',
    'true',
    '0',
    '-1',
    '1e309',
    'NaN',
    '9007199254740993',
    '1_000',
    '0x10',
    '2026-01-01',
    'x'.repeat(300),
    '[',
    ']',
    ',',
  ],
];

/** In the place of any value of a document. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e21,
  '',
  'x',
  [],
  {},
  [null],
  { a: null },
  [[]],
  'x'.repeat(300),
];

const index = (random: Random, below: number): number => Math.floor(random() * below);
export const pick = <T>(random: Random, among: readonly T[]): T => among[index(random, among.length)] as T;

const mutateText = (text: string, random: Random): string => {
  const at = index(random, text.length + 1);
  const to = Math.min(text.length, at + 1 + index(random, 12));
  switch (index(random, 5)) {
    case 0:
      return text.slice(0, at) + text.slice(to);
    case 1:
      return text.slice(0, to) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(random, TROUBLE) + text.slice(to);
    case 3:
      return text.slice(0, at) + String.fromCharCode(index(random, 256)) + text.slice(at);
    default:
      return text.slice(0, at) + pick(random, TROUBLE) + text.slice(at);
  }
};

type Path = readonly string[];

const pathsOf = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))]
    : [path];

const replaced = (value: unknown, [key, ...rest]: Path, by: (old: unknown) => unknown): unknown => {
  if (key === undefined) return by(value);
  if (Array.isArray(value)) return value.map((item, at) => (String(at) === key ? replaced(item, rest, by) : item));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === key ? replaced(inner, rest, by) : inner,
  ]);
  return Object.fromEntries(entries);
};

const other =
  (random: Random) =>
  (old: unknown): unknown => {
    if (typeof old === 'string' && random() < 0.6) return mutateText(old, random);
    if (Array.isArray(old) && random() < 0.4) return [...old, ...old];
    return random() < 0.3 ? pick(random, TROUBLE) : pick(random, VALUES);
  };

/** A document stays one, with other values, most of the time. */
const mutateDocument = (text: string, random: Random): string | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(replaced(value, pick(random, pathsOf(value)), other(random)));
  } catch {
    return undefined;
  }
};

/** One to five changes. */
export const mutate = (text: string, random: Random): string => {
  let changed = text;
  for (let left = 1 + index(random, 5); left > 0; left -= 1) {
    const document = random() < 0.85 ? mutateDocument(changed, random) : undefined;
    changed = document ?? mutateText(changed, random);
  }
  return changed;
};
