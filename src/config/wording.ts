/**
 * Texts of messages that users may write in place of ours: the tree of our own texts, as keys of chatops.yaml.
 * A pair (one, many) is a mapping with `one` and `many` here.
 */
import { z } from 'zod';
import { WORDING } from '../notifier/core/wording/index.ts';
import type { Wording } from '../notifier/core/wording/overlay.ts';
import { WORDING_TEXT } from '../values/names.ts';
import type { Path } from './path.ts';

export type { Wording } from '../notifier/core/wording/overlay.ts';

type Tree = string | { readonly [key: string]: Tree };

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** Functions (how a language counts) cannot be written there. */
const treeOf = (texts: unknown): Tree | undefined => {
  if (typeof texts === 'string') return texts;
  if (Array.isArray(texts)) return { one: String(texts[0]), many: String(texts[1]) };
  if (!isMapping(texts)) return undefined;
  const entries = Object.entries(texts).flatMap(([key, text]) => {
    const tree = treeOf(text);
    return tree === undefined ? [] : [[key, tree] as const];
  });
  return Object.fromEntries(entries);
};

const TREES: readonly Tree[] = Object.values(WORDING).flatMap((texts) => treeOf(texts) ?? []);

const TEXT = z.string().regex(WORDING_TEXT.pattern, { error: `must be ${WORDING_TEXT.says}` });

const schemaOf = (tree: Tree): z.ZodType =>
  typeof tree === 'string'
    ? TEXT
    : z.strictObject(
        Object.fromEntries(
          Object.entries(tree).map(([key, child]) => {
            const description = typeof child === 'string' ? `In English: ${child}` : 'Texts in place of ours.';
            return [key, schemaOf(child).optional().meta({ description })];
          }),
        ),
      );

/** Every key may be left out; an unknown one is a problem. Made when it is first looked at: few write a text of their own. */
export const wordingSchema = (): z.ZodType<Wording> =>
  z.lazy(() => schemaOf(TREES[0] ?? {})) as unknown as z.ZodType<Wording>;

const PLACEHOLDER = /\{(\w+)\}/g;

/** `{who} pushed to {ref}` → `who`, `ref`. */
export const placeholdersIn = (text: string): readonly string[] =>
  [...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name);

/** What is left of a text when its placeholders are taken out has no brace: a lone one would be shown. */
export const hasLoneBrace = (text: string): boolean => /[{}]/.test(text.replace(PLACEHOLDER, ''));

/** The placeholders that our own texts fill in here, in any language. */
export const knownPlaceholders = (path: Path): readonly string[] => {
  const texts = TREES.flatMap((tree) => {
    const found = path.reduce<unknown>((at, part) => (isMapping(at) ? at[part] : undefined), tree);
    return typeof found === 'string' ? placeholdersIn(found) : [];
  });
  return [...new Set(texts)];
};

/** Every text of a wording with its path in it. */
export const leavesOf = (
  wording: Wording,
  above: Path = [],
): readonly { readonly path: Path; readonly text: string }[] =>
  Object.entries(wording).flatMap(([key, value]) => {
    if (value === undefined) return [];
    const path = [...above, key];
    return typeof value === 'string' ? [{ path, text: value }] : leavesOf(value, path);
  });
