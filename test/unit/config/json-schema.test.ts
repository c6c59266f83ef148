import { describe, expect, it } from 'vitest';
import { configJsonSchema, configJsonSchemaText } from '../../../src/config/json-schema.ts';
import { keysAt, patternsOf, typesAt } from '../../../src/config/schema-keys.ts';
import { ownAdditions } from '../../../src/wiring/own-house.ts';

const OWN = ownAdditions();
const SCHEMA = configJsonSchema(OWN);

interface Node {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly additionalProperties?: unknown;
}

const walk = (node: Node, path: string): readonly (readonly [path: string, node: Node])[] => [
  [path, node],
  ...Object.entries(node.properties ?? {}).flatMap(([key, child]) => walk(child, `${path}.${key}`)),
  ...(node.items === undefined ? [] : walk(node.items, `${path}[]`)),
  ...(node.anyOf ?? []).flatMap((branch, index) => walk(branch, `${path}|${index}`)),
];

describe('the JSON Schema for editors', () => {
  // Written anew with `npx vitest run test/unit/config/json-schema.test.ts -u`.
  it('is the committed file', async () => {
    await expect(configJsonSchemaText(OWN)).toMatchFileSnapshot('../../../src/config/chatops.schema.json');
  });

  it('is of draft 2020-12', () => {
    expect(configJsonSchema(OWN)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
    });
  });

  it('says of every key what it is for', () => {
    const keys = walk(configJsonSchema(OWN) as Node, '').filter(([path]) => /\.[^|[]+$/.test(path));
    const silent = keys.filter(([, { description }]) => description === undefined).map(([path]) => path);
    expect(keys.length).toBeGreaterThan(50);
    expect(silent).toEqual([]);
  });

  it('demands nothing at the top and lets no mapping have unknown keys', () => {
    const mappings = walk(configJsonSchema(OWN) as Node, '').filter(([, { type }]) => type === 'object');
    expect(configJsonSchema(OWN)).not.toHaveProperty('required');
    const open = mappings.filter(([, node]) => node.additionalProperties !== false).map(([path]) => path);
    // GitLab's user names are a user's to choose.
    expect(open).toEqual(['.notifier.people']);
  });

  it('knows keys, types and places', () => {
    expect(keysAt(['ports'], SCHEMA)).toEqual(['http', 'https', 'ssh']);
    expect(keysAt(['chat', 'rooms', 3], SCHEMA)).toEqual(['name', 'kind', 'members', 'readOnly', 'header', 'purpose']);
    expect(keysAt(['nowhere'], SCHEMA)).toEqual([]);
    expect(keysAt(['toString'], SCHEMA)).toEqual([]);
    expect(typesAt(['ports', 'http'], SCHEMA)).toEqual(['integer']);
    expect(patternsOf('rooms', SCHEMA)).toEqual(['chat.rooms', 'chat.bot.rooms']);
  });
});
