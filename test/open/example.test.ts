/** A part that is not ours, used as a stranger would use it: the example of docs/writing-a-part.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack, type TestStack } from '../helpers/cli.ts';
import { EXAMPLE_YAML, installExample } from './example.ts';

const stackWith = async (yaml: string): Promise<TestStack> => {
  const stack = await aStack(`name: open\ngitlab: none\n${yaml}`);
  installExample(stack.path('.'));
  return stack;
};

describe('the part of the documentation', () => {
  let stack: TestStack;

  beforeAll(async () => {
    stack = await stackWith(EXAMPLE_YAML);
  });

  it('is rendered as a service, with the image and the words of its section', async () => {
    expect(await stack.command('render')).toMatchObject({ status: 0 });
    const compose = readFileSync(stack.path('compose.yaml'), 'utf8');
    expect(compose).toContain('image: example/wiki:2.1');
    expect(compose).toContain('WIKI_TITLE: Our pages');
  });

  it('has its section in the schema for editors', () => {
    const schema = JSON.parse(readFileSync(stack.path('.chatops/chatops.schema.json'), 'utf8'));
    expect(schema.properties.wiki).toMatchObject({ description: 'Pages for everybody.', type: 'object' });
  });

  it('is planned, started and found ready on the embedded engine, and nothing is left to do then', async () => {
    const planned = await stack.command('plan', ['--engine', 'embedded']);
    expect(planned).toMatchObject({ status: 0, stdout: expect.stringContaining('  + wiki  (there is none yet)\n') });
    const up = await stack.up();
    expect(up).toMatchObject({ status: 0, stdout: expect.stringMatching(/\bwiki\b/) });
    expect((await stack.up()).stdout).toContain('0 changes');
  });
});

describe('a section that is wrong', () => {
  it('is refused at its line and column, by the schema and by its rules', async () => {
    const stack = await stackWith('parts: ["./wiki.mjs"]\nwiki:\n  titel: Pages\n  home: start\n');
    const { status, stderr } = await stack.command('plan');
    expect(status).toBe(78);
    expect(stderr).toMatch(/chatops\.yaml:\d+:3 wiki\.titel: unknown key `titel`[\s\S]*write `title`/);
    expect(stderr).toMatch(/chatops\.yaml:\d+:9 wiki\.home: there is no page start/);
  });
});

describe('--set', () => {
  it('reaches a section, and names parts', async () => {
    const stack = await stackWith('');
    const set = ['--set', 'parts=[./wiki.mjs]', '--set', 'wiki.title=2024'];
    expect(await stack.command('render', set)).toMatchObject({ status: 0 });
    expect(readFileSync(stack.path('compose.yaml'), 'utf8')).toMatch(/WIKI_TITLE: ["']?2024/);
  });
});

describe('a part that cannot be used', () => {
  const refusal = async (yaml: string, files: Readonly<Record<string, string>> = {}): Promise<string> => {
    const stack = await stackWith(yaml);
    for (const [name, text] of Object.entries(files)) writeFileSync(stack.path(name), text);
    const { status, stderr } = await stack.command('plan');
    expect(status).toBe(78);
    return stderr;
  };

  it('is refused at its place where it is not found', async () => {
    const said = await refusal('parts: ["./wiki.mjs", ./none.mjs, no-such-package]\n');
    expect(said).toMatch(/chatops\.yaml:\d+:23 parts\[1\]: there is no file .*none\.mjs/);
    expect(said).toMatch(/chatops\.yaml:\d+:35 parts\[2\]: there is no package `no-such-package`/);
    expect(said).toContain('npm install no-such-package');
    expect(said).not.toContain('parts[0]');
  });

  it('is refused where it exports no part, throws, or exports another shape', async () => {
    const said = await refusal('parts: [./empty.mjs, ./throws.mjs, ./odd.mjs]\n', {
      'empty.mjs': 'export const other = 1;\n',
      'throws.mjs': 'throw new Error("no wiki today");\n',
      'odd.mjs': 'export const part = { name: "odd", section: { key: "A b", about: "x", schema: {} } };\n',
    });
    expect(said).toMatch(/parts\[0\]: `\.\/empty\.mjs` exports no part/);
    expect(said).toMatch(/parts\[1\]: `\.\/throws\.mjs` cannot be loaded: no wiki today/);
    expect(said).toMatch(/parts\[2\]: what `\.\/odd\.mjs` exports is no part: section\.key: must be/);
  });

  it('is refused where its names are taken by ours or by another of the list', async () => {
    const said = await refusal('parts: [./a.mjs, ./b.mjs, ./c.mjs]\n', {
      'a.mjs': 'export default { name: "pages", timed: ["gitlab"] };\n',
      'b.mjs': 'export default { name: "bot" };\n',
      'c.mjs': 'export { part as default } from "./wiki.mjs";\n',
    });
    expect(said).toMatch(/parts\[0\]: its deadline `gitlab` is taken by the part `gitlab`/);
    expect(said).toMatch(/parts\[1\]: its name `bot` is taken by the part `bot`/);
    expect(said).not.toContain('parts[2]');
  });

  it('is refused where a service of it plays the role of another part', async () => {
    const said = await refusal('parts: [./wiki.mjs, ./copy.mjs]\nwiki: {}\n', {
      'copy.mjs':
        'import { part } from "./wiki.mjs";\nexport default { name: "copy", contribute: (config) => part.contribute(config) };\n',
    });
    expect(said).toMatch(/chatops\.yaml:\d+:21 parts\[1\]: the role wiki of the part copy is taken by the part wiki/);
  });
});

describe('a package', () => {
  it('is found beside the stack, by what it exports to `import` alone', async () => {
    const stack = await stackWith('parts: ["@example/wiki"]\nwiki: {}\n');
    const folder = stack.path('node_modules/@example/wiki');
    mkdirSync(folder, { recursive: true });
    const manifest = {
      name: '@example/wiki',
      type: 'module',
      exports: { '.': { types: './x.d.ts', import: './main.js' } },
    };
    writeFileSync(`${folder}/package.json`, JSON.stringify(manifest));
    writeFileSync(`${folder}/main.js`, 'export { part } from "../../../wiki.mjs";\n');
    expect(await stack.command('render')).toMatchObject({ status: 0 });
    expect(readFileSync(stack.path('compose.yaml'), 'utf8')).toContain('WIKI_TITLE: Wiki');
  });
});
