import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { secretsOf } from '../../src/config/secrets.ts';
import { composeRenderer } from '../../src/render/compose.ts';
import { buildStack } from '../../src/stack/build-stack.ts';
import { anyConfig } from '../builders/stack-configs.ts';
import { pieces } from '../helpers/pieces.ts';

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>;
}

/** Variable → services and jobs of compose.yaml that get it. */
const readersIn = ({ services }: ComposeFile): Readonly<Record<string, readonly string[]>> => {
  const readers: Record<string, Set<string>> = {};
  for (const [service, { environment }] of Object.entries(services)) {
    for (const value of Object.values(environment ?? {})) {
      const name = /^\$\{([A-Z0-9_]+):\?set \1 in \.env\}$/.exec(value)?.[1];
      if (name === undefined) continue;
      readers[name] ??= new Set();
      readers[name].add(service);
    }
  }
  return Object.fromEntries(Object.entries(readers).map(([name, found]) => [name, [...found].sort()]));
};

test('every container gets exactly the secrets that the table of variables says it reads', () => {
  fc.assert(
    fc.property(anyConfig, (config) => {
      const [file] = composeRenderer.render({ stack: buildStack(config), pieces });
      const told = Object.fromEntries(secretsOf(config).map(({ name, readBy }) => [name, readBy]));
      expect(readersIn(parse(file?.text ?? ''))).toEqual(told);
    }),
    { numRuns: 30 },
  );
});
