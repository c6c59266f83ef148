/** Builds dist/: one entry a server; packages stay where npm puts them. */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
// A test run builds into a folder of its own, so that two runs never use each other's programs.
const outdir = process.env.CHATOPS_STANDINS_DIST ?? `${root}dist`;
// Chunks are named by their content: those of older builds would be packed as well.
rmSync(outdir, { recursive: true, force: true });

await build({
  absWorkingDir: root,
  outdir,
  entryPoints: {
    'chatops-standins': 'src/cli/chatops-standins.ts',
    index: 'src/index.ts',
    faults: 'src/kit/fault-rules.ts',
    'front-door': 'src/front-door/front-door.ts',
    gitlab: 'src/gitlab/gitlab.ts',
    mattermost: 'src/mattermost/mattermost.ts',
    mongod: 'src/mongod/mongod.ts',
    rocketchat: 'src/rocketchat/rocketchat.ts',
    runner: 'src/runner/runner.ts',
  },
  bundle: true,
  splitting: true,
  packages: 'external',
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  logLevel: 'warning',
  chunkNames: 'chunks/[name]-[hash]',
});
