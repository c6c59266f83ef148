import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { composeTextOf, stackOf } from '../builders/stack.ts';
import { anyConfig } from '../builders/stack-configs.ts';
import { cases } from '../helpers/cases.ts';

interface ComposeFile {
  readonly services: Readonly<Record<string, { readonly environment?: Readonly<Record<string, string>> }>>;
}

/** Variable → services and jobs of compose.yaml that get it. */
const readersIn = ({ services }: ComposeFile): Readonly<Record<string, readonly string[]>> => {
  const readers: Record<string, Set<string>> = {};
  for (const [service, { environment }] of Object.entries(services)) {
    for (const value of Object.values(environment ?? {})) {
      const name = /(?<!\$)\$\{([A-Z0-9_]+):\?set \1 in \.env\}/.exec(value)?.[1];
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
      const stack = stackOf(config);
      const listed = Object.fromEntries(stack.secrets.map(({ name, readBy }) => [name, readBy]));
      expect(readersIn(parse(composeTextOf(stack)))).toEqual(listed);
    }),
    { numRuns: cases(30) },
  );
});
