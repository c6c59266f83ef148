/** What a part imports, as texts that need no file: over files on disk, as Node would find them. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createModuleSource } from '../../../src/adapters/module-source.ts';
import { parseCarried } from '../../../src/contracts/carried-modules.ts';
import { gatherModules } from '../../../src/wiring/gather-modules.ts';

const gather = (files: Readonly<Record<string, string>>, entries: readonly string[] = ['part.mjs']) => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-parts-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const source = createModuleSource(['chatops-up', 'zod']);
  const gathered = gatherModules(
    entries.map((entry) => join(dir, entry)),
    source,
  );
  return gathered.kind === 'refused'
    ? { why: gathered.why, file: gathered.file.slice(dir.length + 1) }
    : gathered.carried;
};

describe('modules that are carried along', () => {
  it('name each other by their ids, and what is there anyway by its own name', () => {
    const carried = gather({
      'part.mjs':
        "import { z } from 'zod';\nimport fs from 'node:fs';\nimport { b } from './b.mjs';\nexport const part = b;\n",
      'b.mjs': 'export { part as b } from "./part.mjs";\nexport const later = () => import(\'./c.mjs\');\n',
      'c.mjs': 'export default 3;\n',
    });
    expect(carried).toEqual({
      entries: ['part:0'],
      modules: {
        'part:0':
          "import { z } from 'zod';\nimport fs from 'node:fs';\nimport { b } from 'part:1';\nexport const part = b;\n",
        'part:1': 'export { part as b } from "part:0";\nexport const later = () => import("part:2");\n',
        'part:2': 'export default 3;\n',
      },
    });
  });

  it('are found in packages, by what these export to `import`', () => {
    const carried = gather({
      'part.mjs': "import '@a/tools/deep/x';\nimport 'plain';\n",
      'node_modules/@a/tools/package.json':
        '{"type":"module","exports":{"./deep/*":{"import":"./lib/*.js","require":"./no.cjs"}}}',
      'node_modules/@a/tools/lib/x.js': 'export const x = 1;\n',
      'node_modules/plain/package.json': '{"main":"main.mjs"}',
      'node_modules/plain/main.mjs': 'export const y = 2;\n',
    });
    expect(carried).toMatchObject({
      modules: { 'part:1': 'export const x = 1;\n', 'part:2': 'export const y = 2;\n' },
    });
  });

  it('hold JSON as a module, whatever the import says of it', () => {
    const carried = gather({
      'part.mjs': 'import words from "./words.json" with { type: "json" };\nexport const part = words;\n',
      'words.json': '{"a": 1}\n',
    });
    expect(carried).toMatchObject({
      modules: {
        'part:0': 'import words from "part:1";\nexport const part = words;\n',
        'part:1': 'export default {"a": 1};\n',
      },
    });
  });

  it('hold JSON that is asked for later as a module, too', () => {
    const carried = gather({
      'part.mjs': "export const load = () => import('./words.json', { with: { type: 'json' } });\n",
      'words.json': '[1]',
    });
    expect(carried).toMatchObject({
      modules: { 'part:0': 'export const load = () => import("part:1");\n', 'part:1': 'export default [1];\n' },
    });
  });

  it('are each there once, also for several parts', () => {
    const carried = gather(
      { 'a.mjs': "import './c.mjs';\n", 'b.mjs': "import './c.mjs';\n", 'c.mjs': 'export {};\n' },
      ['a.mjs', 'b.mjs'],
    );
    expect(carried).toMatchObject({ entries: ['part:0', 'part:2'], modules: { 'part:2': "import 'part:1';\n" } });
  });

  it('leave a module that cannot be found to the moment in which it is asked for, if ever', () => {
    const carried = gather({ 'part.mjs': "export const load = () => import('optional');\n" });
    expect(carried).toMatchObject({ modules: { 'part:0': 'export const load = () => import("optional");\n' } });
  });

  it.each([
    ['a package that is not there', { 'part.mjs': "import 'none';\n" }, 'part.mjs', /imports none, which is not found/],
    ['CommonJS', { 'part.mjs': "import './a.cjs';\n", 'a.cjs': 'module.exports = 1;\n' }, 'a.cjs', /CommonJS.*bundle/],
    [
      'CommonJS that says so nowhere',
      { 'part.mjs': "import './a.js';\n", 'a.js': 'module.exports = 1;\n' },
      'a.js',
      /CommonJS/,
    ],
    ['a native module', { 'part.mjs': "import './a.node';\n", 'a.node': '' }, 'a.node', /native module/],
    [
      'a name that is known only when it runs',
      { 'part.mjs': 'export const load = (name) => import(`./${name}.mjs`);\n' },
      'part.mjs',
      /known only when it runs/,
    ],
    ['its own place', { 'part.mjs': 'export const here = import.meta.url;\n' }, 'part.mjs', /import\.meta/],
    [
      'what is no module, and is asked for only later',
      { 'part.mjs': "export const load = () => import('./a.mjs');\n", 'a.mjs': 'import { from "x";\n' },
      'a.mjs',
      /cannot be read as a module/,
    ],
    [
      'a file beyond 4 MiB',
      { 'part.mjs': "import './a.mjs';\n", 'a.mjs': `// ${'x'.repeat(4 * 1024 * 1024)}\n` },
      'a.mjs',
      /larger than 4 MiB/,
    ],
    [
      'more than 8 MiB in all',
      {
        'part.mjs': "import './a.mjs';\nimport './b.mjs';\nimport './c.mjs';\n",
        ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}.mjs`, `// ${'x'.repeat(3 * 1024 * 1024)}\n`])),
      },
      'c.mjs',
      /larger than 8 MiB/,
    ],
    ['what is no JavaScript', { 'part.mjs': "import './a.ts';\n", 'a.ts': 'export {};\n' }, 'a.ts', /not \.ts/],
  ])('are refused with %s', (_, files, file, why) => {
    expect(gather(files)).toEqual({ file, why: expect.stringMatching(why) });
  });
});

describe('the file of modules', () => {
  it('is read back as it was written', () => {
    const carried = { entries: ['part:0'], modules: { 'part:0': 'export {};\n' } };
    expect(parseCarried(JSON.stringify(carried))).toEqual(carried);
  });

  it.each(['', '[]', '{"entries":["part:0"],"modules":{}}', '{"entries":[],"modules":{"part:0":1}}'])(
    'is none when it is %s',
    (text) => {
      expect(parseCarried(text)).toBeUndefined();
    },
  );
});
