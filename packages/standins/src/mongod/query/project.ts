import { refusal } from '../errors.ts';
import { type Document, isDocument, toBoolean } from '../wire/bson-codec.ts';

type Tree = Map<string, Tree | true>;

const treeOf = (paths: readonly string[]): Tree => {
  const root: Tree = new Map();
  for (const path of paths) {
    const names = path.split('.');
    const leaf = names.pop() as string;
    const parent = names.reduce<Tree>((tree, name) => {
      const next = tree.get(name);
      if (next instanceof Map) return next;
      const made: Tree = new Map();
      tree.set(name, made);
      return made;
    }, root);
    parent.set(leaf, true);
  }
  return root;
};

const include = (value: unknown, tree: Tree): unknown => {
  if (Array.isArray(value))
    return value.filter((one) => isDocument(one) || Array.isArray(one)).map((one) => include(one, tree));
  if (!isDocument(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const branch = tree.get(name);
      if (branch === undefined) return [];
      const kept = branch === true ? inner : include(inner, branch);
      return kept === undefined ? [] : [[name, kept]];
    }),
  );
};

const exclude = (value: unknown, tree: Tree): unknown => {
  if (Array.isArray(value)) return value.map((one) => exclude(one, tree));
  if (!isDocument(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const branch = tree.get(name);
      if (branch === true) return [];
      return [[name, branch === undefined ? inner : exclude(inner, branch)]];
    }),
  );
};

/**
 * Inclusion or exclusion by dotted paths, `_id` being the exception both ways.
 * @throws CommandError BadValue for projection expressions, which this stand-in has none of
 */
export const compileProjection = (projection: Document | undefined): ((document: Document) => Document) => {
  const fields = Object.entries(projection ?? {});
  if (fields.length === 0) return (document) => document;
  const odd = fields.find(([, value]) => isDocument(value) || typeof value === 'string');
  if (odd) throw refusal('BadValue', `projection of ${odd[0]}: only inclusion and exclusion are played`);
  const others = fields.filter(([name]) => name !== '_id');
  const idWanted = fields.find(([name]) => name === '_id')?.[1];
  const including = others.length > 0 ? toBoolean(others[0]?.[1]) : toBoolean(idWanted);
  if (others.some(([, value]) => toBoolean(value) !== including))
    throw refusal('BadValue', 'Cannot do exclusion and inclusion in one projection');
  const names = others.map(([name]) => name);
  if (including) {
    const tree = treeOf(idWanted === undefined || toBoolean(idWanted) ? ['_id', ...names] : names);
    return (document) => include(document, tree) as Document;
  }
  const tree = treeOf(idWanted !== undefined && !toBoolean(idWanted) ? ['_id', ...names] : names);
  return (document) => exclude(document, tree) as Document;
};
