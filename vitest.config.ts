import { availableParallelism } from 'node:os';
import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';
import { LeftOutReporter } from './test/helpers/left-out-reporter.ts';

/** Every case of what `npm test` shows by example. */
const LONG = ['test/long/**', 'test/**/*.long.test.ts'];
/** Each file in modules of its own: real processes of the product, and what measures. */
const APART = ['test/e2e/**/*.test.ts', 'test/bench/**/*.test.ts'];
const leftOut = process.env.CHATOPS_LONG === '1' ? [] : LONG;

export default defineConfig({
  // The packages of this repository are read from their sources.
  resolve: { conditions: ['chatops-source', ...defaultServerConditions] },
  ssr: { resolve: { conditions: ['chatops-source', ...defaultServerConditions] } },
  test: {
    projects: [
      // Their modules keep nothing: they are loaded once by a process, not once by a file.
      {
        extends: true,
        test: { name: 'together', include: ['test/**/*.test.ts'], exclude: [...APART, ...leftOut], isolate: false },
      },
      {
        extends: true,
        test: { name: 'apart', include: APART, exclude: leftOut },
      },
    ],
    setupFiles: ['test/helpers/setup.ts'],
    globalSetup: ['test/helpers/global-setup.ts'],
    reporters: [new LeftOutReporter(), 'default'],
    // Only against tests that hang: a machine that does a lot else may take ten times as long.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // Each loads the modules of nearly everything, which takes a core for a while and up to 1.5 GB.
    maxWorkers: Math.min(Math.max(availableParallelism(), 2), 4),
    coverage: {
      provider: 'v8',
      include: ['src/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: {
        // What decides must be judged whole.
        'src/config/**': { statements: 95 },
        'src/stack/**': { statements: 95 },
        'src/render/**': { statements: 95 },
        'src/engine/**': { statements: 95 },
        'src/parts/**/decide*.ts': { statements: 95 },
        'src/proofs/**/decide*.ts': { statements: 95 },
      },
    },
  },
});
