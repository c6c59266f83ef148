/**
 * Builds dist/: one bundle per program, our own code only (dependencies stay where npm put them), so that a start
 * reads few files. Run as `node esbuild.config.mjs`; it takes a fraction of a second, therefore `npm start` always builds.
 */
import { build } from 'esbuild';

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  packages: 'external',
  sourcemap: true,
  logLevel: 'warning',
  // A test run builds into a folder of its own, so that two runs never use each other's programs.
  outdir: process.env.CHATOPS_DIST ?? 'dist',
};

await build({
  ...common,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  entryPoints: {
    library: 'src/cli/library.ts',
    'chatops-up': 'src/cli/chatops-up.ts',
    'chatops-probe': 'src/cli/chatops-probe.ts',
  },
});
