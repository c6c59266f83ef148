/**
 * nginx's configuration language: text → a tree of directives.
 * Rules of words, quotes and escapes: nginx.org/en/docs/beginners_guide.html, and nginx's src/core/ngx_conf_file.c.
 */
import { cannotObey } from './refusal.ts';

export interface Directive {
  readonly name: string;
  /** Without their quotes; variables are still names. */
  readonly args: readonly string[];
  readonly block?: readonly Directive[];
  readonly line: number;
}

type Token =
  | { readonly kind: 'word'; readonly text: string; readonly line: number }
  | { readonly kind: ';'; readonly line: number }
  | { readonly kind: '{'; readonly line: number }
  | { readonly kind: '}'; readonly line: number };

const ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/** One token a match: space, comment, quoted word, mark, bare word (in which `${name}` may hold braces). */
const TOKEN =
  /(?<space>\s+)|(?<comment>#[^\n]*)|"(?<double>(?:[^"\\]|\\[\s\S])*)"|'(?<single>(?:[^'\\]|\\[\s\S])*)'|(?<mark>[;{}])|(?<bare>(?:\$\{\w+\}|\\[\s\S]|[^\s;{}"'\\])(?:\$\{\w+\}|\\[\s\S]|[^\s;{}\\])*)/y;

const withoutEscapes = (text: string): string =>
  text.replace(/\\([\s\S])/g, (whole, next: string) => ESCAPES[next] ?? whole);

const tokensOf = (text: string): readonly Token[] => {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (match === null)
      throw cannotObey(`a quote that is not closed, or ${JSON.stringify(text[at])} out of place`, line);
    const { mark, double, single, bare } = match.groups ?? {};
    if (mark !== undefined) tokens.push({ kind: mark as ';' | '{' | '}', line });
    const word = double ?? single ?? bare;
    if (word !== undefined) tokens.push({ kind: 'word', text: withoutEscapes(word), line });
    line += match[0].split('\n').length - 1;
    at += match[0].length;
  }
  return tokens;
};

/** @throws StandinError CONFIGURATION_UNSUPPORTED naming the line */
export const parseNginxConf = (text: string): readonly Directive[] => {
  const tokens = tokensOf(text);
  let next = 0;
  const entries = (depth: number): readonly Directive[] => {
    const found: Directive[] = [];
    for (;;) {
      const token = tokens[next];
      if (token === undefined) {
        if (depth === 0) return found;
        throw cannotObey('a block is not closed', tokens.at(-1)?.line ?? 1);
      }
      next += 1;
      if (token.kind === '}') {
        if (depth > 0) return found;
        throw cannotObey('a "}" closes nothing', token.line);
      }
      if (token.kind !== 'word') throw cannotObey(`"${token.kind}" stands where a directive begins`, token.line);
      found.push(directive(token.text, token.line, depth));
    }
  };
  const directive = (name: string, line: number, depth: number): Directive => {
    const args: string[] = [];
    for (;;) {
      const token = tokens[next];
      if (token === undefined || token.kind === '}') throw cannotObey(`"${name}" is not ended by ";"`, line);
      next += 1;
      if (token.kind === ';') return { name, args, line };
      if (token.kind === '{') return { name, args, block: entries(depth + 1), line };
      args.push(token.text);
    }
  };
  return entries(0);
};
