/** YAML that every reader takes the same way: Compose's is written in Go and follows an older YAML than ours. */
import { Document, isCollection, isPair, isScalar, visit } from 'yaml';
import { GENERATED } from '../generated.ts';

/** What people read as one thing stands on one line: a command, a condition, a mount. */
const ON_ONE_LINE = new Set(['command', 'test', 'aliases', 'options', 'cap_drop', 'cap_add', 'security_opt', 'tmpfs']);
const ENTRIES_ON_ONE_LINE = new Set(['depends_on', 'volumes']);

const putOnOneLine = (document: Document): void =>
  visit(document, {
    Pair: (_, { key, value }) => {
      if (!isScalar(key) || !isCollection(value)) return;
      const name = String(key.value);
      if (ON_ONE_LINE.has(name)) value.flow = true;
      if (!ENTRIES_ON_ONE_LINE.has(name)) return;
      for (const item of value.items) {
        const entry = isPair(item) ? item.value : item;
        if (isCollection(entry)) entry.flow = true;
      }
    },
  });

/**
 * What other readers of YAML take for line ends (NEL, LS, PS: YAML 1.1, 5.4) or refuse to read: it stands in double
 * quotes only, where it can be escaped.
 */
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufff0-\uffff]|[\u0000-\u0008\u000b-\u001f]/;
const escapeOf = (found: string): string => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Readable as a block of lines; with tabs, carriage returns or outer spaces readers of YAML do not agree about it. */
const BLOCK = /^\S[^\t\r]*\S\n?$/;
/** What all readers of YAML take as it stands, inside brackets too; the library quotes numbers, dates and the like. */
const PLAIN = /^[\w./$-](?:[\w./:@=?${},+%& -]*[\w./}=-])?$/;

const needsQuotes = (text: string): boolean => {
  if (ESCAPED.test(text)) return true;
  return text.includes('\n') ? !BLOCK.test(text) : !PLAIN.test(text);
};

const quoteWhatNeedsEscapes = (document: Document): void =>
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && needsQuotes(scalar.value)) scalar.type = 'QUOTE_DOUBLE';
    },
  });

/** YAML 1.1 quotes what any reader might take for a number, a date or a boolean; no line is ever folded. */
export const yamlText = (tree: unknown): string => {
  const document = new Document(tree, { version: '1.1', aliasDuplicateObjects: false });
  document.commentBefore = ` ${GENERATED}`;
  putOnOneLine(document);
  quoteWhatNeedsEscapes(document);
  const written = document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER });
  return written.replaceAll(new RegExp(ESCAPED, 'g'), escapeOf);
};
