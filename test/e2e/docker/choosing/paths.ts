/**
 * What the suites on real containers stand on, in groups. A path is a file, a folder with everything in it (`src/relay`),
 * or the files directly in a folder (`src/cli/*`). Where files move, this is what to change; test/unit/containers finds
 * a path that names nothing, and a file of the product that no path names.
 */

/** With which every suite is built and run. package.json says nothing to a container that the lock does not. */
export const KIT = [
  'package-lock.json',
  'vitest.config.ts',
  '.ci/docker-engine',
  'compose/tools/*',
  'test/helpers',
  'test/e2e/images',
  'test/e2e/docker/containers.ts',
  'test/e2e/docker/counting.ts',
  'test/e2e/docker/images-used.ts',
  'test/e2e/docker/reach-engine.ts',
  'test/e2e/docker/tcp-proxy.mjs',
] as const;

/** Engines of a suite's own. */
export const OWN_ENGINE = ['test/e2e/docker/private-engine.ts'] as const;

/** What runs inside the containers of every stack, and the contracts it is written against. */
export const PROGRAMS = [
  'src/errors',
  'src/values',
  'src/ports',
  'src/stack',
  'src/inside',
  'src/adapters/*',
  'src/cli/*',
  'src/cli/commands/job.ts',
  'src/cli/commands/prober.ts',
  'src/cli/commands/install.ts',
  'src/cli/commands/bot.ts',
] as const;

/** What drives containers. */
export const ENGINE = [
  'esbuild.config.mjs',
  'bundling.config.mjs',
  'operations.ts',
  'src/engine',
  'src/stages',
  'src/docker/*',
  'src/docker/preflight',
  'src/docker/pull',
  'src/cli/commands/up.ts',
  'src/cli/commands/down.ts',
] as const;

/** What is known of failures. */
export const FAILURES = ['src/docker/diagnosis', 'src/report'] as const;

/** chatops.yaml → the files that Compose and the servers read. */
export const DESCRIBED = [
  'src/config',
  'src/render',
  'src/cli/commands/render.ts',
  'compose/*',
  'compose/hubot',
  'nginx',
  'gitlab-runner',
  'healthchecks',
] as const;

/** Jobs, probes and clients of the servers. */
export const WIRED = ['src/jobs', 'src/probes', 'src/bot', 'src/adapters/rocketchat', 'src/adapters/gitlab'] as const;

/** The servers of the stand-in images. */
export const PLAYED = ['src/embedded'] as const;

export const NOTIFIER = ['src/notifier'] as const;

/** Files of the product that no suite here would notice, and what judges them. */
export const UNNOTICED = {
  'src/cli/commands/init.ts': 'it asks and writes files: test/e2e/by-hand.test.ts',
  'src/cli/commands/notifier-test.ts': 'it reads captured deliveries and no server: test/e2e/notifier-test.test.ts',
  'src/cli/commands/rotate.ts': 'it writes .env and has `up` do the rest: test/e2e/rotate.test.ts',
} as const;
