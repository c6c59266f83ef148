/**
 * Takes known secrets out of a text: `‹NAME›` stands where one stood, in whatever form, whole or in part. Pure, and a
 * second time nothing is left to do.
 *
 * What counts as a part: any run of GRAM characters; next to a mark of a cut (`…`, `...`) as few as CUT_PART; where a
 * line or a text ends, END_PART.
 */
import { type SecretForm, secretForms } from './secret-forms.ts';

/** Shorter values would take ordinary words out of a text. */
const SHORTEST = 6;
const GRAM = 16;
const CUT_PART = 4;
const END_PART = 8;
/** Of a longer value (a key, a certificate) the beginning is enough to know it by. */
const LONGEST_KNOWN = 4_096;
/** Characters at the edge of a base64 text that hold bits of the secret and of its neighbours. */
const BLUR = 4;

const CUT_MARK = /…|\.{3}/g;
const END_MARK = /["\n]|$/g;
const BASE64 = /[A-Za-z0-9+/_=-]/;
/** An escape of JSON: cut in the middle, the document could not be read any more. */
const ESCAPE = /\\(?:u[0-9a-fA-F]{4}|[^\n])/g;

export type NamedSecret = readonly [name: string, value: string];

interface Known {
  readonly name: string;
  readonly blurred: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

/** Grows with every secret that becomes known. */
interface Index {
  /** Runs of GRAM characters of longer forms. */
  readonly grams: Map<string, Known>;
  /** 1 at `sieved` of each of them: most places of a text need no further look. */
  readonly sieve: Uint8Array;
  /** Whole forms that are shorter. */
  readonly short: Map<string, Known>;
  /** Beginnings and ends of all forms, CUT_PART to GRAM characters. */
  readonly beginnings: Map<string, Known>;
  readonly ends: Map<string, Known>;
  /** Already written instead of a secret. */
  readonly marks: Set<string>;
}

const SIEVE = 65_536;

/** A number below SIEVE from some characters of the run that begins at `at`. */
const sieved = (text: string, at: number): number =>
  (text.charCodeAt(at) * 31 +
    text.charCodeAt(at + 5) * 1_009 +
    text.charCodeAt(at + 10) * 32_749 +
    text.charCodeAt(at + 15) * 131) &
  (SIEVE - 1);

const markOf = (name: string): string => `‹${name}›`;

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Of an address its password is secret, and what is long enough in its path to be a token: its host stands in many texts. */
const secretIn = (value: string): readonly string[] => {
  if (!ADDRESS.test(value)) return [value.slice(0, LONGEST_KNOWN)];
  const [, password = ''] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#@:]*:([^/?#@]*)@/i.exec(value) ?? [];
  const [, ...parts] = value.replace(ADDRESS, '').split(/[/?#&=]/);
  return [...new Set([password, decoded(password), ...parts.filter(({ length }) => length >= GRAM)])];
};

const emptyIndex = (): Index => ({
  ...{ grams: new Map(), short: new Map(), beginnings: new Map(), ends: new Map() },
  ...{ sieve: new Uint8Array(SIEVE), marks: new Set() },
});

const addForm = ({ text, blurred }: SecretForm, name: string, index: Index): void => {
  const known = { name, blurred };
  if (text.length < GRAM) index.short.set(text, known);
  for (let at = 0; at + GRAM <= text.length; at += 1) {
    const gram = text.slice(at, at + GRAM);
    index.grams.set(gram, known);
    index.sieve[sieved(gram, 0)] = 1;
  }
  for (let length = CUT_PART; length <= Math.min(GRAM, text.length); length += 1) {
    index.beginnings.set(text.slice(0, length), known);
    index.ends.set(text.slice(-length), known);
  }
};

const add = ([name, value]: NamedSecret, index: Index): void => {
  index.marks.add(markOf(name));
  for (const secret of secretIn(value)) {
    if (secret.length >= SHORTEST) for (const form of secretForms(secret)) addForm(form, name, index);
  }
};

const spanOf = (from: number, length: number, { name, blurred }: Known, text: string): Span => {
  let [first, last] = [from, from + length];
  if (blurred) {
    while (first > 0 && from - first < BLUR && BASE64.test(text[first - 1] ?? '')) first -= 1;
    while (last < text.length && last - from - length < BLUR && BASE64.test(text[last] ?? '')) last += 1;
  }
  return { from: first, to: last, name };
};

const wholeSpans = (text: string, { grams, sieve, short }: Index): readonly Span[] => {
  const spans: Span[] = [];
  if (grams.size > 0) {
    for (let at = 0; at + GRAM <= text.length; at += 1) {
      if (sieve[sieved(text, at)] === 0) continue;
      const known = grams.get(text.slice(at, at + GRAM));
      if (known) spans.push(spanOf(at, GRAM, known, text));
    }
  }
  for (const [form, known] of short) {
    for (let at = text.indexOf(form); at !== -1; at = text.indexOf(form, at + 1)) {
      spans.push(spanOf(at, form.length, known, text));
    }
  }
  return spans;
};

/** The longest beginning of a form that ends at `at`. */
const cutSpan = (text: string, at: number, shortest: number, { beginnings }: Index): readonly Span[] => {
  for (let length = Math.min(GRAM, at); length >= shortest; length -= 1) {
    const known = beginnings.get(text.slice(at - length, at));
    if (known) return [spanOf(at - length, length, known, text)];
  }
  return [];
};

/** The longest end of a form that begins at `at`. */
const restSpan = (text: string, at: number, { ends }: Index): readonly Span[] => {
  for (let length = Math.min(GRAM, text.length - at); length >= CUT_PART; length -= 1) {
    const known = ends.get(text.slice(at, at + length));
    if (known) return [spanOf(at, length, known, text)];
  }
  return [];
};

const partSpans = (text: string, index: Index): readonly Span[] => [
  ...[...text.matchAll(CUT_MARK)].flatMap(({ index: at, 0: mark }) => [
    ...cutSpan(text, at, CUT_PART, index),
    ...restSpan(text, at + mark.length, index),
  ]),
  ...[...text.matchAll(END_MARK)].flatMap(({ index: at }) => cutSpan(text, at, END_PART, index)),
];

interface Range {
  readonly from: number;
  readonly to: number;
}

const rangesOf = (text: string, pattern: RegExp): readonly Range[] =>
  [...text.matchAll(pattern)].map(({ index, 0: found }) => ({ from: index, to: index + found.length }));

/** A span that begins or ends inside of one of these ranges takes the whole of it. Both sorted by `from`. */
const widened = (spans: readonly Span[], ranges: readonly Range[]): readonly Span[] => {
  let next = 0;
  return spans.map(({ from, to, name }) => {
    while (next < ranges.length && (ranges[next]?.to ?? 0) <= from) next += 1;
    let last = next;
    while (last < ranges.length && (ranges[last]?.to ?? 0) < to) last += 1;
    const [first, end] = [ranges[next], ranges[last]];
    return {
      from: first !== undefined && first.from < from ? first.from : from,
      to: end !== undefined && end.from < to && end.to > to ? end.to : to,
      name,
    };
  });
};

/** Those that touch become one, called as the first. Sorted by `from`. */
const joined = (spans: readonly Span[]): readonly Span[] => {
  const whole: Span[] = [];
  for (const span of spans) {
    const last = whole.at(-1);
    if (last === undefined || span.from > last.to) whole.push(span);
    else if (span.to > last.to) whole[whole.length - 1] = { ...last, to: span.to };
  }
  return whole;
};

const MARK = /‹[^‹›]*›/g;

const marksIn = (text: string, { marks }: Index): readonly Range[] =>
  text.includes('‹') ? rangesOf(text, MARK).filter(({ from, to }) => marks.has(text.slice(from, to))) : [];

const replaced = (text: string, spans: readonly Span[]): string => {
  let [result, at] = ['', 0];
  for (const { from, to, name } of spans) {
    result += `${text.slice(at, from)}${markOf(name)}`;
    at = to;
  }
  return `${result}${text.slice(at)}`;
};

export interface Hidden {
  /** Of this one as well, from now on: name of the variable with its value. */
  learn(secret: NamedSecret): void;
  hide(text: string): string;
}

export const createHidden = (): Hidden => {
  const index = emptyIndex();
  return {
    learn: (secret) => add(secret, index),
    hide: (text) => {
      const found = [...wholeSpans(text, index), ...partSpans(text, index)];
      if (found.length === 0) return text;
      const marks = marksIn(text, index);
      const free = found.filter(({ from, to }) => !marks.some((mark) => mark.from < to && from < mark.to));
      const sorted = joined(free.toSorted((one, other) => one.from - other.from));
      return replaced(text, joined(widened(sorted, rangesOf(text, ESCAPE))));
    },
  };
};
