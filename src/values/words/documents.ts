/** JSON documents in a text: it may be one as a whole, or each of its lines. Pure. */

export const readDocument = (text: string): { readonly value: unknown } | undefined => {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
};

/** Of a document that is written over several lines. */
const indentOf = (text: string): number => /^\s*[{[]\n( +)/.exec(text)?.[1]?.length ?? 0;

/** A carriage return stands between its parts alone, where a space means the same and steers no terminal. */
const spaced = (document: string): string => document.replace(/\r(?!\n)/g, ' ');

/** The same text where `change` changes nothing: what others wrote is not written anew without need. */
const changedDocument = (text: string, change: (value: unknown) => unknown): string | undefined => {
  const read = readDocument(text);
  if (read === undefined) return undefined;
  const changed = change(read.value);
  if (JSON.stringify(changed) === JSON.stringify(read.value)) return spaced(text);
  return `${JSON.stringify(changed, null, indentOf(text))}${spaced(/\s*$/.exec(text)?.[0] ?? '')}`;
};

/** Texts that are no document stay as they are. */
export const changedDocuments = (text: string, change: (value: unknown) => unknown): string =>
  changedDocument(text, change) ??
  text
    .split('\n')
    .map((line) => changedDocument(line, change) ?? line)
    .join('\n');
