/** What a HEALTHCHECK loads, every few seconds in every container: the one client that it asks with; and what help loads. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { run } from '../helpers/cli.ts';

/** Node's own hook for modules (https://nodejs.org/api/module.html#loadurl-context-nextload): a line for each that is read. */
const MARK = 'loaded ';
const inline = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
const HOOK = inline(
  `import { writeSync } from 'node:fs';
   export const load = (url, context, next) => { writeSync(2, '${MARK}' + url + '\\n'); return next(url, context); };`,
);
const WATCHED = `--import=${inline(`import { register } from 'node:module'; register(${JSON.stringify(HOOK)});`)}`;

/** Files of the sources of which a program's file is made. */
const sourcesOf = (file: string): readonly string[] => {
  const map = `${file}.map`;
  if (!existsSync(map)) return [];
  const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: readonly string[] };
  return sources.map((source) => resolve(dirname(file), source));
};

/** Sources that were read by the time it has answered, and packages that are not ours by their folder. */
const loadedBy = async (...[program, args]: Parameters<typeof run>): Promise<readonly string[]> => {
  const { stderr, status } = await run(program, args, { env: { NODE_OPTIONS: WATCHED, TOKEN: 'x' } });
  expect(status).toBe(args.includes('--help') ? 0 : 1);
  const files = stderr
    .split('\n')
    .filter((line) => line.startsWith(`${MARK}file:`))
    .map((line) => fileURLToPath(line.slice(MARK.length)));
  return files.flatMap((file) => [file, ...sourcesOf(file)]);
};

const NOBODY = '127.0.0.1:1';

describe.concurrent('a probe loads', () => {
  it.each([
    ['tcp', [NOBODY], '/adapters/tcp.ts', ['zod', 'mongodb', '@gitbeaker', 'yaml']],
    ['http', [`http://${NOBODY}`], '/adapters/http.ts', ['zod', 'mongodb', '@gitbeaker', 'yaml']],
    ['mongo', [NOBODY], '/node_modules/mongodb/lib/index.js', ['zod', '@gitbeaker', 'yaml']],
    ['rocketchat', [`http://${NOBODY}`], '/rocketchat/client/rocketchat.ts', ['mongodb', '@gitbeaker', 'yaml']],
    [
      'gitlab',
      [`http://${NOBODY}`, '--token-from', 'TOKEN'],
      '/node_modules/@gitbeaker/rest/dist/index.mjs',
      ['mongodb', 'yaml'],
    ],
  ] as const)(
    '%s: what it asks with, and no section, renderer or client of another',
    async (kind, args, own, others) => {
      const loaded = await loadedBy('chatops-probe', [kind, ...args]);
      expect(loaded.some((file) => file.endsWith(own))).toBe(true);
      const isOther = (file: string): boolean =>
        others.some((name) => file.includes(`/node_modules/${name}/`)) ||
        /\/parts\/[^/]+\/(rules|sections?|render)[/.]|\/src\/notifier\//.test(file);
      expect(loaded.filter(isOther)).toEqual([]);
    },
  );
});

describe('help', () => {
  it('names the engines, and loads neither these nor a part', async () => {
    const loaded = await loadedBy('chatops-up', ['up', '--help']);
    expect(loaded.some((file) => file.endsWith('/src/wiring/engine-names.ts'))).toBe(true);
    expect(loaded.filter((file) => /\/src\/(engines|parts)\/|\/src\/wiring\/engines\.ts$/.test(file))).toEqual([]);
  });
});
