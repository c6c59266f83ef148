import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve, sep } from 'node:path';
import { createFiles } from '../../../src/adapters/files.ts';
import { must, type Target } from '../target.ts';

const sandbox = mkdtempSync(join(tmpdir(), 'chatops-fuzz-paths-'));
const root = join(sandbox, 'stack');
process.once('exit', () => rmSync(sandbox, { recursive: true, force: true }));

/** Names of files, no matter who chose them: nothing is written beside the stack directory. */
export const paths: Target = {
  name: 'paths',
  share: 0.1,
  seeds: ['nginx/nginx.conf', '.chatops/proofs/conversation.json', 'a/../b', './x', 'hubot/README.md'],
  run: async (text) => {
    mkdirSync(root, { recursive: true });
    try {
      await createFiles(root).write(text, 'x');
      const place = resolve(root, text);
      must(place.startsWith(root + sep) && existsSync(place), 'it is written elsewhere');
    } finally {
      must(readdirSync(sandbox).join() === 'stack', 'something stands beside the directory');
      rmSync(root, { recursive: true, force: true });
    }
  },
};
