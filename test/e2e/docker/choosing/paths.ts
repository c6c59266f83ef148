/**
 * What the suites on real containers stand on, in groups. A path is a file, a folder with everything in it (`src/doctor`),
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
export const OWN_ENGINE = ['test/e2e/docker/private-engine.ts', 'test/e2e/docker/private-space.ts'] as const;

/** What runs inside the containers of every stack, and the contracts it is written against. */
export const PROGRAMS = [
  'src/errors',
  'src/values',
  'src/contracts',
  'src/stack',
  'src/prober',
  'src/programs',
  'src/wiring',
  'src/adapters',
] as const;

/** What drives containers. */
export const ENGINE = [
  'rolldown.config.mjs',
  'bundling.config.mjs',
  'operations.ts',
  'src/engine',
  'src/stages',
  'src/engines/docker/*',
  'src/engines/docker/client',
  'src/engines/docker/images',
  'src/engines/docker/preflight',
  'src/engines/docker/pull',
  'src/engines/docker/tools',
  'src/tools-image',
  'src/cli/*',
  'src/cli/descriptors',
  'src/cli/commands/up.ts',
  'src/cli/commands/down.ts',
] as const;

/** What is known of failures. */
export const FAILURES = [
  'src/engines/docker/diagnosis',
  'src/parts/front-door/causes.ts',
  'src/parts/gitlab-runner/causes.ts',
  'src/parts/gitlab/causes.ts',
  'src/parts/mattermost/causes.ts',
  'src/parts/mongodb/causes.ts',
  'src/parts/postgres/causes.ts',
  'src/parts/relay/causes.ts',
  'src/parts/rocketchat/causes.ts',
  'src/report',
] as const;

/** chatops.yaml → the files that Compose and the servers read. */
export const DESCRIBED = [
  'src/config',
  'src/roles',
  'src/render',
  'src/cli/commands/render.ts',
  'compose/*',
  'compose/hubot',
  'nginx',
  'gitlab-runner',
  'healthchecks',
] as const;

/** The products: their services, jobs, probes and clients; and the proofs that they work together. */
export const PARTS = [
  'src/parts/bot',
  'src/parts/front-door',
  'src/parts/gitlab',
  'src/parts/gitlab-runner',
  'src/parts/mattermost',
  'src/parts/mongodb',
  'src/parts/postgres',
  'src/parts/prober',
  'src/parts/relay',
  'src/parts/rocketchat',
  'src/probes',
  'src/proofs',
] as const;

/** The servers of the stand-in images. */
export const PLAYED = ['packages/standins'] as const;

export const NOTIFIER = ['src/notifier'] as const;

/** Files of the product that no suite here would notice, and what judges them. */
export const UNNOTICED = {
  'packages/published.mjs': 'it names the tools when the program is packed: test/long/packages.test.ts',
  'packages/ci': 'a job of pipelines, run as it stands: test/long/ci.test.ts',
  'packages/release': 'it lists and checks what is released: test/unit/release/packages.test.ts',
  'packages/tools-linux-arm64': 'it is built from what the suites stand on: test/long/packages.test.ts',
  'packages/tools-linux-x64': 'it is built from what the suites stand on: test/long/packages.test.ts',
  'src/engines/embedded': 'the stand-ins are started without containers: test/e2e/main-job.test.ts and its neighbours',
  'src/engines/reached': 'servers of a running embedded engine: test/long/smoke.test.ts',
  'src/cli/commands/tools.ts': 'it makes and writes what `up` makes by itself: test/long/packages.test.ts',
  'src/cli/commands/completion.ts': 'it prints words of the command line: test/unit/cli/completion.test.ts',
  'src/cli/completion': 'words of the command line: test/unit/cli/completion.test.ts',
  'src/cli/commands/explain.ts': 'it reads the catalogue: test/unit/report/explanation.test.ts',
  'src/cli/commands/graph.ts': 'it shows the graph and asks no server: test/unit/report/graph.test.ts',
  'src/cli/commands/open.ts': 'it opens a browser and asks no server: test/unit/cli/open.test.ts',
  'src/cli/commands/init.ts': 'it asks and writes files: test/long/by-hand.test.ts',
  'src/cli/commands/notifier-test.ts': 'it reads captured deliveries and no server: test/long/notifier-test.test.ts',
  'src/cli/commands/rotate.ts': 'it writes .env and has `up` do the rest: test/long/rotate.test.ts',
} as const;
