/** What asks the machine by itself away from the edges, each with its reason. It may only shrink. */
interface Exception {
  readonly why: string;
  /** File → effects, as `effectsIn` names them. */
  readonly places: Readonly<Record<string, readonly string[]>>;
}

export const STILL: readonly Exception[] = [
  {
    why: 'a deadline over calls that go out over real sockets: a clock that tests move would end them before the answer',
    places: {
      'src/engines/docker/network-view.ts': ['AbortSignal.timeout'],
      'src/parts/bot/program/run-bot.ts': ['AbortSignal.timeout'],
      'src/smoke/loop/clean-up.ts': ['AbortSignal.timeout'],
      'src/smoke/loop/loop.ts': ['AbortSignal.timeout'],
    },
  },
  {
    why: 'asks for a module of Node’s by name, as late as it is needed: neither time nor chance nor anything outside',
    places: { 'src/values/sha256.ts': ['process'] },
  },
  {
    why: 'wiring hands these out: bytes of secrets, identifiers of deliveries, the resolver of the network',
    places: {
      'src/wiring/live-stack.ts': ['randomUUID'],
      'src/wiring/ports-inside.ts': ['node:dns'],
      'src/wiring/read-secrets.ts': ['randomBytes'],
      'src/wiring/start-relay.ts': ['randomUUID'],
    },
  },
  {
    why: 'looks at the stack directory before there is anything to hand out; writes an archive where the user says',
    places: {
      'src/wiring/keep-private.ts': ['node:fs'],
      'src/wiring/stack-directory-above.ts': ['node:fs'],
      'src/wiring/stack-directory.ts': ['process'],
      'src/wiring/tools.ts': ['node:fs'],
    },
  },
  {
    why: 'the embedded engine keeps its records and takes ports; these go to a client/ of its own',
    places: {
      'src/engines/embedded/embedded-engine.ts': ['node:fs'],
      'src/engines/embedded/loopback-ports.ts': ['Math.random', 'node:fs'],
      'src/engines/embedded/records.ts': ['node:fs'],
      'src/engines/embedded/write-ledger.ts': ['node:fs'],
    },
  },
  {
    why: 'a server that is played has sockets',
    places: {
      'packages/standins/src/front-door/request/proxy.ts': ['node:http'],
      'packages/standins/src/front-door/sockets.ts': ['node:fs', 'node:http', 'node:https'],
      'packages/standins/src/gitlab/hooks/send.ts': ['node:http', 'node:https'],
      'packages/standins/src/mongod/wire/link.ts': ['node:net'],
      'packages/standins/src/mongod/wire/listener.ts': ['node:net'],
      'packages/standins/src/rocketchat/sandbox/script-fetch.ts': ['fetch'],
      'packages/standins/src/runner/gitlab-api.ts': ['node:http', 'node:https'],
    },
  },
  {
    why: 'a server that is played has files of its own in its directory, beside the store of the kit',
    places: {
      'packages/standins/src/front-door/request/files.ts': ['node:fs/promises'],
      'packages/standins/src/gitlab/git/objects.ts': ['node:fs'],
      'packages/standins/src/gitlab/git/repositories.ts': ['node:fs'],
      'packages/standins/src/gitlab/seed.ts': ['node:fs'],
      'packages/standins/src/gitlab/traces.ts': ['node:fs'],
      'packages/standins/src/mongod/mongod.ts': ['node:fs'],
      'packages/standins/src/runner/config-file.ts': ['node:fs'],
      'packages/standins/src/runner/runner.ts': ['node:fs'],
      'packages/standins/src/runner/system-id.ts': ['node:fs'],
    },
  },
  {
    why: 'git, the shell of jobs and the sandbox of scripts are programs and threads of their own',
    places: {
      'packages/standins/src/gitlab/git/run-git.ts': ['node:child_process', 'process'],
      'packages/standins/src/rocketchat/sandbox/script-worker.ts': ['node:worker_threads'],
      'packages/standins/src/runner/execute.ts': ['node:child_process', 'node:fs', 'node:os', 'process'],
    },
  },
];
