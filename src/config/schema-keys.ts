/** The keys chatops.yaml knows, read out of its JSON Schema. */
import { configJsonSchema, type JsonSchema } from './json-schema.ts';
import type { Path } from './path.ts';

interface SchemaNode {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  /** What stands under names that the user chooses; false where there are none. */
  readonly additionalProperties?: SchemaNode | false;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

const branches = (node: SchemaNode): readonly SchemaNode[] => [
  node,
  ...[...(node.anyOf ?? []), ...(node.oneOf ?? [])].flatMap(branches),
];

const children = (node: SchemaNode, part: string | number): readonly SchemaNode[] =>
  branches(node).flatMap((branch) => {
    const child = typeof part === 'number' ? branch.items : (own(branch.properties, part) ?? anyName(branch));
    return child === undefined ? [] : [child];
  });

const own = (properties: SchemaNode['properties'], key: string): SchemaNode | undefined =>
  properties !== undefined && Object.hasOwn(properties, key) ? properties[key] : undefined;

const anyName = ({ additionalProperties }: SchemaNode): SchemaNode | undefined =>
  additionalProperties === false ? undefined : additionalProperties;

const nodesAt = (path: Path, schema: JsonSchema): readonly SchemaNode[] => {
  const root: readonly SchemaNode[] = [schema];
  const nodes = path.reduce((at, part) => at.flatMap((node) => children(node, part)), root);
  return nodes.flatMap(branches);
};

/** JSON Schema's names of what may stand at this path: `string`, `integer`, `boolean`, `array`, `object`. */
export const typesAt = (path: Path, schema: JsonSchema = configJsonSchema()): readonly string[] =>
  nodesAt(path, schema).flatMap(({ type }) => (type === undefined ? [] : [type]));

/** Whether the mapping at this path has names that the user chooses. */
export const takesAnyName = (path: Path, schema: JsonSchema = configJsonSchema()): boolean =>
  nodesAt(path, schema).some((node) => anyName(node) !== undefined);

/** The keys a mapping at this path may have. */
export const keysAt = (path: Path, schema: JsonSchema = configJsonSchema()): readonly string[] => [
  ...new Set(nodesAt(path, schema).flatMap((node) => Object.keys(node.properties ?? {}))),
];

/** The values that may stand at this path, where they are counted: `channel`, `private`. */
export const choicesAt = (path: Path, schema: JsonSchema = configJsonSchema()): readonly string[] =>
  nodesAt(path, schema).flatMap((node) => [...('const' in node ? [node.const] : []), ...(node.enum ?? [])].map(String));

/** What a text at this path has to match, as JSON Schema writes it; undefined where it may be any. */
export const textPatternAt = (path: Path, schema: JsonSchema = configJsonSchema()): string | undefined =>
  nodesAt(path, schema).find(({ pattern }) => pattern !== undefined)?.pattern;

/** Where else a key of this name belongs, as patterns: `rooms` → `chat.rooms`, `chat.bot.rooms`. Shallow ones first. */
export const patternsOf = (key: string, schema: JsonSchema = configJsonSchema()): readonly string[] => {
  const patterns: string[] = [];
  const visit = (node: SchemaNode, pattern: string): void => {
    for (const branch of branches(node)) {
      if (branch.items !== undefined) visit(branch.items, `${pattern}[]`);
      for (const [name, child] of Object.entries(branch.properties ?? {})) {
        const here = pattern === '' ? name : `${pattern}.${name}`;
        if (name === key) patterns.push(here);
        // Texts share their names with many things: a key misplaced elsewhere is not meant for them.
        if (here !== 'notifier.wording') visit(child, here);
      }
    }
  };
  visit(schema, '');
  return patterns.sort((a, b) => depth(a) - depth(b));
};

const depth = (pattern: string): number => pattern.split(/[.[]/).length;
