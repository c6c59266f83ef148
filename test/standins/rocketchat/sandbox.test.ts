import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compileScript } from '@chatops-up/standins/internal/rocketchat/sandbox/compile';
import { createScriptEngine } from '@chatops-up/standins/internal/rocketchat/sandbox/script-engine';
import { afterAll, describe, expect, it } from 'vitest';

const engine = createScriptEngine({ callLimitMs: 300, loadLimitMs: 500, resolve: () => undefined });
afterAll(() => engine.close());

let counter = 0;
const run = async (source: string, request: object = {}, integrationId = `i${++counter}`, isStrict = true) => {
  const outcome = await engine.run({ integrationId, source, isStrict }, JSON.stringify(request));
  return outcome.kind === 'returned' ? { returned: JSON.parse(outcome.json ?? 'null') } : outcome;
};
const method = (body: string) => `class Script { process_incoming_request({ request }) { ${body} } }`;
const asyncMethod = (body: string) => `class Script { async process_incoming_request({ request }) { ${body} } }`;

describe('the sandbox of integration scripts', () => {
  it('hands the request in and the result out, also of an async method', async () => {
    expect(await run(method('return { a: request.x + 1 };'), { x: 1 })).toEqual({ returned: { a: 2 } });
    expect(await run(asyncMethod('await null; return request;'), { x: [1, 'é'] })).toEqual({
      returned: { x: [1, 'é'] },
    });
  });

  it('distinguishes a script that does not load from one that throws', async () => {
    expect(await run('throw new Error("at load");')).toEqual({ kind: 'not-loaded', reason: 'at load' });
    expect(await run('const x = 1;')).toMatchObject({ kind: 'not-loaded', reason: 'Script is not defined' });
    expect(await run('class Script { constructor() { throw "text"; } }')).toMatchObject({ kind: 'not-loaded' });
    expect(await run(method('throw new Error("in call");'))).toEqual({ kind: 'threw', reason: 'in call' });
    expect(await run(asyncMethod('throw null;'))).toMatchObject({ kind: 'threw' });
  });

  it('posts nothing when the class has no such method', async () => {
    expect(await run('class Script {}')).toEqual({ returned: null });
  });

  it('keeps Store between calls, apart for each integration, until it is forgotten', async () => {
    const source = method("Store.set('n', (Store.get('n') || 0) + 1); return Store.get('n');");
    expect([await run(source, {}, 'one'), await run(source, {}, 'one'), await run(source, {}, 'two')]).toEqual([
      { returned: 1 },
      { returned: 2 },
      { returned: 1 },
    ]);
    engine.forget('one');
    expect(await run(source, {}, 'one')).toEqual({ returned: 1 });
  });

  it('has the string helpers scripts were written with', async () => {
    const calls = `[s.trim('  a '), s.capitalize('abc'), s.camelize('a-b_c'), s.slugify('Été à Paris!'), s.truncate('abcdef', 3),
      s.startsWith('abc', 'ab'), s.contains('abc', 'd'), s.isBlank(' '), s.lpad('7', 3, '0'), s.escapeHTML('<a>'),
      s.titleize('my name'), s.humanize('author_id'), s.stripTags('<b>x</b>'), s.replaceAll('a.a', 'a', 'b'), s.words('a  b')]`;
    expect(await run(method(`return ${calls};`))).toEqual({
      returned: [
        'a',
        'Abc',
        'aBC',
        'ete-a-paris',
        'abc...',
        true,
        false,
        true,
        '007',
        '&lt;a&gt;',
        'My Name',
        'Author',
        'x',
        'b.b',
        ['a', 'b'],
      ],
    });
  });

  it('ends a runaway, in the call and at load, and works again afterwards', async () => {
    const [atLoad, inCall, forEver] = await Promise.all([
      run('while (true) {}'),
      run(method('while (true) {}'), {}, 'loop'),
      run(asyncMethod('await new Promise(() => {});')),
    ]);
    expect([atLoad, inCall, forEver]).toMatchObject([{ kind: 'not-loaded' }, { kind: 'threw' }, { kind: 'threw' }]);
    expect(await run(method('return 1;'), {}, 'loop')).toEqual({ returned: 1 });
  });

  it('ends a script that eats memory, and nothing else', async () => {
    const eater = method("const all = []; for (;;) all.push(new Array(10_000).fill('x' + all.length));");
    expect(await run(eater)).toMatchObject({ kind: 'threw' });
    expect(await run(method('return 1;'))).toEqual({ returned: 1 });
  });

  it('fetches by the names of the stack, and makes a failure an error of the script', async () => {
    const server = createServer((request, response) => {
      response.setHeader('X-Method', request.method ?? '');
      response.end(JSON.stringify({ path: request.url }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const named = createScriptEngine({
      resolve: (host) => (host === 'gitlab' ? { host: '127.0.0.1', port } : undefined),
    });
    const source = asyncMethod(`
      const answer = await fetch('http://gitlab:8181/api?x=1', { method: 'POST', body: { a: 1 } });
      const body = await answer.json();
      let failed = '';
      try { await serverFetch('http://127.0.0.1:1/'); } catch (error) { failed = error.message; }
      return [answer.status, answer.headers.get('x-method'), body.path, failed !== ''];`);
    const outcome = await named.run({ integrationId: 'f', source, isStrict: true }, '{}');
    expect(outcome).toEqual({ kind: 'returned', json: '[200,"POST","/api?x=1",true]' });
    await named.close();
    server.close();
  });

  it.each([
    ['the constructor of its own globals', "return this.constructor.constructor('return process')();"],
    ['the constructor of a helper', "return s.trim.constructor('return process')();"],
    ['the constructor of fetch’s promise', "return fetch('x').constructor.constructor('return process')();"],
    ['eval', "return eval('process');"],
    ['a generator’s constructor', "return (function* () {}).constructor('yield process')().next();"],
    ['import', "return import('node:fs').then((fs) => fs.readdirSync('/'));"],
    [
      'the error of a refused import',
      "return import('node:fs').catch((e) => e.constructor.constructor('return process')().version);",
    ],
    [
      'the promise of an import',
      "const p = import('node:fs'); p.catch(() => {}); return p.constructor.constructor('return process')().version;",
    ],
    [
      'the frames of an error',
      `Error.prepareStackTrace = (error, frames) => frames;
       const frames = new Error('x').stack;
       return frames.map((frame) => frame.getFunction()).find((fn) => fn).constructor('return process')().version;`,
    ],
    [
      'a stack overflow',
      "const f = () => f(); try { f(); } catch (e) { return e.constructor.constructor('return process')().version; }",
    ],
    [
      'a patched built-in',
      'JSON.parse = (x) => { throw x; }; Function.prototype.call = () => process; return process.version;',
    ],
  ])('gives no way to Node by %s', async (_name, body) => {
    const outcome = await run(asyncMethod(body));
    expect(outcome).toMatchObject({ kind: 'threw' });
  });
});

describe('compiling a script', () => {
  it('gives the name and message of what is wrong, and does not run it', () => {
    expect(compileScript('class Script {', false).scriptError).toMatchObject({ name: 'SyntaxError' });
    expect(compileScript('globalThis.ran = true', false)).toEqual({ scriptCompiled: 'globalThis.ran = true' });
    expect(globalThis).not.toHaveProperty('ran');
    expect(compileScript('with ({}) {}', false).scriptError).toBeUndefined();
    expect(compileScript('with ({}) {}', true).scriptError).toBeDefined();
  });
});
