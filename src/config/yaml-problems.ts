/** What is wrong with chatops.yaml as YAML, in words that say what to do. */
import { Lexer, type YAMLError } from 'yaml';
import type { ConfigProblem } from './problem.ts';
import { problemAt, type Source } from './source.ts';

interface Advice {
  readonly message: string;
  readonly fix: string;
}

const quote: Advice = {
  message: 'this character cannot begin a value',
  fix: 'put the value in quotes',
};

/** By the parser's own codes (yaml 2.9, `ErrorCode`); the others are reported in the parser's words. */
const ADVICE: Partial<Record<YAMLError['code'], Advice>> = {
  TAB_AS_INDENT: { message: 'a tab where YAML allows only spaces', fix: 'indent with spaces' },
  DUPLICATE_KEY: { message: 'this key stands twice in the same mapping', fix: 'keep one of the two' },
  MULTIPLE_DOCS: {
    message: 'a second document begins here, and only one is read',
    fix: 'remove the line --- and what follows it',
  },
  BAD_INDENT: {
    message: 'the indentation does not fit the lines above',
    fix: 'begin it in the column of its siblings',
  },
  MISSING_CHAR: { message: 'something opened before here is not closed', fix: 'close the quote, bracket or brace' },
  BAD_SCALAR_START: quote,
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a second `key: value` on one line, or a value holding `: `',
    fix: 'put the value in quotes, or the second key on its own line',
  },
  MULTILINE_IMPLICIT_KEY: { message: 'a key or its colon is broken over lines', fix: 'write `key: value` on one line' },
  BAD_DQ_ESCAPE: { message: 'an unknown escape in double quotes', fix: 'use single quotes, or \\\\ for a backslash' },
  TAG_RESOLVE_FAILED: { message: 'a tag (!…) that means nothing here', fix: 'remove the tag' },
  NON_STRING_KEY: { message: 'a key that is not text', fix: 'put the key in quotes' },
  RESOURCE_EXHAUSTION: { message: 'nested too deeply to be a configuration', fix: 'name the right file' },
};

/** What the parser found, and what it accepts but a configuration must not hold. */
export const yamlProblems = (source: Source): readonly ConfigProblem[] => {
  const { document } = source;
  const found = onePerPosition([...document.errors, ...document.warnings]).map((error) => fromError(source, error));
  if (document.directives?.yaml.explicit === true && document.directives.yaml.version !== '1.2') {
    found.push(wholeFile(source, 'a %YAML directive asks for another version than 1.2', 'remove the %YAML line'));
  }
  return found;
};

/** What follows from an error at the same place only repeats it. */
const onePerPosition = (errors: readonly YAMLError[]): readonly YAMLError[] => {
  const seen = new Set<number>();
  return errors.filter(({ pos: [from] }) => !seen.has(from) && seen.add(from));
};

const fromError = (source: Source, error: YAMLError): ConfigProblem => {
  const advice = isOpenBracket(error) ? ADVICE.MISSING_CHAR : ADVICE[error.code];
  const message = advice === undefined ? `not valid YAML: ${error.message}` : `not valid YAML: ${advice.message}`;
  const [from, to] = error.pos;
  return problemAt(source, { from, to }, { path: '', message, fix: advice?.fix });
};

/** An open bracket swallows the lines below it, which then are "insufficiently indented". */
const isOpenBracket = ({ code, message }: YAMLError): boolean => code === 'BAD_INDENT' && message.startsWith('Flow');

export const wholeFile = (source: Source, message: string, fix: string): ConfigProblem =>
  problemAt(source, { from: 0, to: 1 }, { path: '', message, fix });

/** Far above what chatops.yaml needs (5), far below where the parser runs out of stack (about 800). */
const DEEPEST = 64;

/**
 * Whether brackets, dashes or indentation are nested deeper than the parser can be trusted with: how much stack is left
 * for it depends on who asks. The lexer keeps no stack of its own, so it can count what the parser would recurse into.
 */
export const nestsTooDeeply = (text: string): boolean => {
  let brackets = 0;
  let dashes = 0;
  let column = 0;
  /** Columns in which the lines above begin that this one stands in. */
  let columns: readonly number[] = [];
  let begins = true;
  for (const token of new Lexer().lex(text)) {
    if (token === '[' || token === '{') brackets++;
    else if (token === ']' || token === '}') brackets = Math.max(0, brackets - 1);
    else if (token === '-' || token === '?') dashes++;
    else if (token.trim() !== '') dashes = 0;
    if (/^\r?\n$/.test(token)) [begins, column] = [true, 0];
    else if (begins && /^ +$/.test(token)) column = token.length;
    else if (begins && token.trim() !== '' && !token.startsWith('#')) {
      columns = [...columns.filter((above) => above < column), column];
      begins = false;
    }
    if (brackets > DEEPEST || dashes > DEEPEST || columns.length > DEEPEST) return true;
  }
  return false;
};
