/** Edits of chatops.yaml made by us: comments, order and every untouched line stay as they are. */
import { type Document, isCollection, isNode, type Node } from 'yaml';
import { ChatopsError } from '../errors/chatops-error.ts';
import { assign } from './assign.ts';
import { spliceOf } from './edit-splice.ts';
import { formatPath, type Path, valueAt } from './path.ts';
import { ConfigError } from './problem.ts';
import { parseSource, type Source } from './source.ts';
import { yamlProblems } from './yaml-problems.ts';

/**
 * The text with `value` (plain data) at `path`; the same text when it is there already. What is missing on the way is made; a list grows by one entry at a time.
 * @throws ConfigError when the text is not YAML; ChatopsError USAGE when something else stands in the way.
 */
export const setIn = (text: string, path: Path, value: unknown): string => {
  const { document } = parseSource(text, 'chatops.yaml');
  const there =
    document.errors.length === 0 && JSON.stringify(valueAt(document.toJS(), path)) === JSON.stringify(value);
  return there ? text : setNode(text, path, (parsed) => parsed.createNode(value));
};

/** As setIn, for a value with a spelling of its own, such as 8.10. `make` may be called several times. */
export const setNode = (text: string, path: Path, make: (document: Document.Parsed) => Node): string => {
  const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
  const source = parseSource(text, 'chatops.yaml');
  const problems = yamlProblems(source);
  if (problems.length > 0) throw new ConfigError(source.name, problems);
  const { document } = source;
  const wanted = JSON.stringify(assign(document.toJS(), path, make(document).toJS(document)));
  const { from, to, text: added } = spliceOf(source.text, document, path, make(document));
  const spliced = source.text.slice(0, from) + added + source.text.slice(to);
  if (holds(spliced, wanted)) return mark + spliced;
  return mark + rewritten(source, path, make, wanted);
};

const holds = (text: string, wanted: string): boolean => {
  const { document } = parseSource(text, 'chatops.yaml');
  return document.errors.length === 0 && JSON.stringify(document.toJS()) === wanted;
};

/** For layouts a splice cannot serve: the document written anew. Comments stay, spacing may change. */
const rewritten = (source: Source, path: Path, make: (document: Document.Parsed) => Node, wanted: string): string => {
  const { document } = parseSource(source.text, source.name);
  const depth = path.findIndex((_, index) => !isCollection(document.getIn(path.slice(0, index + 1), true)));
  const reached = depth === -1 ? path : path.slice(0, depth + 1);
  const whole =
    reached.length === path.length ? make(document) : document.createNode(valueAt(JSON.parse(wanted), reached));
  const old = document.getIn(reached, true);
  if (isNode(old)) Object.assign(whole, { comment: old.comment, commentBefore: old.commentBefore });
  document.setIn(reached, whole);
  const text = document.toString({ lineWidth: 0 });
  if (holds(text, wanted)) return text;
  throw new ChatopsError('USAGE', {
    what: `${formatPath(path)} cannot be set in this file`,
    why: 'its layout leaves no place for the value',
    next: 'edit chatops.yaml',
  });
};
