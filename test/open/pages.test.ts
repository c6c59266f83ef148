/** A part that brings everything: what follows from it where nothing runs yet. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Schema, schemaRows } from '../../docs/scripts/schema-rows.ts';
import { type Desired, describe as describeStack } from '../../operations.ts';
import { envTableMarkdown } from '../../src/config/env-table.ts';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import type { PreflightFacts } from '../../src/engines/docker/preflight/facts.ts';
import { memoryIsEnough } from '../../src/engines/docker/preflight/memory.ts';
import { wordsRows } from '../../src/prober/words-help.ts';
import { additionsOf } from '../../src/stack/additions-of.ts';
import { reachTable } from '../../src/stack/reach-table.ts';
import { houseOf } from '../../src/wiring/load-parts.ts';
import { installPages, PAGES_YAML } from './install-pages.ts';

const WITHOUT = 'gitlab: none\n';

/** GiB that the services take together, as the preflight says it. */
const takenTogether = ({ stack }: Desired): number => {
  const facts: PreflightFacts = {
    stack,
    engine: { called: 'Docker 27.0.0', api: '1.46', kernel: '' },
    hasCompose: true,
    memoryBytes: 1,
    architecture: 'x86_64',
    dataRoot: '/var/lib/docker',
    freeBytes: undefined,
    fileSystem: undefined,
    swapBytes: undefined,
    lacking: new Set(),
    cpuFlags: undefined,
    takenPorts: [],
    unresolved: [],
    clearTo: undefined,
    door: '127.0.0.1:80',
  };
  const [finding] = memoryIsEnough(facts);
  return Number(/take about ([\d.]+) GiB together/.exec(finding?.why ?? '')?.[1]);
};

describe('a part that brings everything', () => {
  let desired: Desired;

  beforeAll(async () => {
    const dir = mkdtempSync(join(tmpdir(), 'chatops-pages-'));
    installPages(dir);
    const text = `${WITHOUT}${PAGES_YAML}`;
    desired = describeStack(text, 'chatops.yaml', await houseOf(text, dir));
  });

  it('counts in what the preflight says the stack takes', async () => {
    const without = describeStack(WITHOUT, 'chatops.yaml', await houseOf(WITHOUT, '/nowhere'));
    expect(takenTogether(desired) - takenTogether(without)).toBeCloseTo(0.5);
  });

  it('has its kind in the help of the probe', () => {
    expect(wordsRows(desired.house.probes)).toContainEqual({
      what: 'pages',
      usage: 'pages URL [--title TITLE]',
      about: 'pages can be read, under this title if one is named',
    });
  });

  it('has its keys in the table of the configuration', () => {
    const rows = schemaRows(configJsonSchema(additionsOf(desired.house)) as Schema);
    expect(rows).toContainEqual(
      expect.objectContaining({ path: 'pages.title', preset: '"Pages"', description: 'Shown above every page.' }),
    );
  });

  it('has its variable in the table of secrets, with who reads it', () => {
    expect(envTableMarkdown(desired.stack.secrets)).toContain(
      '| `PAGES_TOKEN` | what writers of pages send | `pages`, `pages-setup` | chatops-up, when missing |',
    );
  });

  it('is reached by those that have to reach it, and by nobody else', () => {
    const rows = reachTable(desired.stack, desired.house.probes);
    const reaching = rows.flatMap(({ from, cells }) =>
      cells.some(({ to, reach }) => to.service === 'pages' && reach === 'needed') ? [from] : [],
    );
    expect(reaching.sort()).toEqual(['nginx', 'pages', 'pages-setup', 'prober']);
  });
});
