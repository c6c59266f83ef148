/** Values as YAML text that fits into a place of an existing file. */
import { Document, isCollection, type Node, visit, type YAMLMap, type YAMLSeq } from 'yaml';

const STYLE = { lineWidth: 0, indent: 2, flowCollectionPadding: false, blockQuote: false } as const;

/** A text of several lines is written on one, with `\n` in it: a block scalar or a folded one would need lines of its own. */
const ONE_LINE = { ...STYLE, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } as const;

const setStyle = (document: Document, isFlow: (node: YAMLMap | YAMLSeq) => boolean): void =>
  visit(document, {
    Collection: (_, node) => {
      node.flow = isFlow(node);
    },
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && /[\r\n]/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });

/** On one line, and safe inside brackets as well: `[ops, ci]`, `"a, b"`. */
export const inlineText = (value: Node): string => {
  const document = new Document();
  document.contents = document.createNode([value]);
  setStyle(document, () => true);
  return document.toString(ONE_LINE).trimEnd().slice(1, -1);
};

/** As lines of block style, each (but the first) indented by `column` spaces. */
export const blockText = (value: Node, column: number): string => {
  const document = new Document();
  document.contents = document.createNode(value);
  setStyle(document, (node) => node.items.length === 0);
  return document
    .toString(ONE_LINE)
    .trimEnd()
    .split('\n')
    .join(`\n${' '.repeat(column)}`);
};

/** Whether block style is possible and reads better. */
export const wantsBlock = (value: Node): boolean => isCollection(value) && value.items.length > 0;
