/** Builds dist/: one entry a server; packages stay where npm puts them. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  outdir: 'dist',
  entryPoints: {
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
