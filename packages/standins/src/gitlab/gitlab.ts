/**
 * A stand-in for GitLab: boots, answers its REST API, delivers hooks, hands jobs to runners. It shares no code with our
 * clients. What it must do is written at the end of the project's GitLab reference; every part names its sources.
 */
import { randomUUID } from '../kit/chance.ts';
import { createFaults } from '../kit/faults.ts';
import { createHttpStandin, type StandinReply, type StandinRequest } from '../kit/http-standin.ts';
import { createLedger } from '../kit/ledger.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { apiRoutes } from './api/index.ts';
import { type BootTimes, bootingReply, FIRST_BOOT, LATER_BOOT, SEED_MS } from './boot.ts';
import { buildWorld } from './build-world.ts';
import { watchStuckJobs } from './ci/stuck-jobs.ts';
import { createControls, type GitLabControls, type HealthSwitches } from './controls.ts';
import { runFirstTokenScript } from './first-token.ts';
import { endRests } from './hooks/auto-disable.ts';
import { API_PREFIX, createRouter } from './http/router.ts';
import { ledgerKind } from './ledger-kind.ts';
import { rootPasswordOf } from './omnibus-config.ts';
import { isSeeded, type SeedFacts, seed, seedProblem } from './seed.ts';
import { type Edition, featuresOf } from './version.ts';
import { createSite } from './web/site.ts';

export interface GitLabOptions {
  /** Default `19.3.0`. */
  readonly version?: string;
  /** Default `ce`. */
  readonly edition?: Edition;
  /** Addresses that may ask the health paths. Default: loopback. */
  readonly clientAllowList?: readonly string[];
  /** Simulated; default: as a first or later start takes. */
  readonly boot?: Partial<BootTimes>;
  /** Simulated ms for which each process goes on with old settings. Default: as its configuration says, or a minute. */
  readonly settingsCachedMs?: number | undefined;
}

export type GitLabStandin = RunningServer & {
  readonly ledger: NonNullable<RunningServer['ledger']>;
  readonly faults: NonNullable<RunningServer['faults']>;
  readonly controls: GitLabControls;
  /** Resolves when the first start's (or a later one's) phases are all over; never after a crash. */
  readonly ready: Promise<void>;
};

const DEFAULT_PORT = 80;
const LOOPBACK = ['127.0.0.0/8', '::1'];

/** The loopback port of the container's HTTP port: 80, or the lowest one that is not ssh's or TLS's. */
const httpPort = (ports: ServerContext['ports']): number => {
  const others = Object.keys(ports)
    .map(Number)
    .filter((port) => port !== 22 && port !== 443);
  return ports[DEFAULT_PORT] ?? ports[Math.min(...others)] ?? 0;
};

/** Headers that every answer from behind the inner nginx carries. */
const withGitLabHeaders = (reply: StandinReply, now: number): StandinReply => {
  const correlation = randomUUID();
  return {
    ...reply,
    headers: {
      Date: new Date(now).toUTCString(),
      'X-Request-Id': correlation,
      'X-Gitlab-Meta': JSON.stringify({ correlation_id: correlation, version: '1' }),
      'X-Content-Type-Options': 'nosniff',
      ...reply.headers,
    },
  };
};

const seedFacts = ({ dir, env }: ServerContext): SeedFacts => {
  const rootPassword = env.GITLAB_ROOT_PASSWORD ?? rootPasswordOf(env.GITLAB_OMNIBUS_CONFIG ?? '');
  return {
    dir,
    rootPassword: rootPassword === '' ? undefined : rootPassword,
    rootEmail: env.GITLAB_ROOT_EMAIL ?? 'admin@example.com',
    registrationToken: env.GITLAB_SHARED_RUNNERS_REGISTRATION_TOKEN,
  };
};

export const createGitLabStandin = (context: ServerContext, options: GitLabOptions = {}): GitLabStandin => {
  const features = featuresOf(options.version ?? '19.3.0', options.edition ?? 'ce');
  const world = buildWorld(context, features, options.settingsCachedMs);
  const health: HealthSwitches = {
    clientAllowList: options.clientAllowList ?? LOOPBACK,
    readinessFailure: undefined,
    stuck: false,
    failingChecks: [],
  };
  const router = createRouter(world, apiRoutes(features, context.lookup));
  const site = createSite(world, health);
  const ledger = createLedger();
  const faults = createFaults();
  const cancels: (() => void)[] = [];
  let booted = false;
  let listening: Promise<void> = Promise.resolve();
  let reportCrash: (reason: string) => void = () => undefined;
  const crashed = new Promise<string>((resolve) => {
    reportCrash = resolve;
  });

  let reportReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    reportReady = resolve;
  });

  const answer = async (request: StandinRequest): Promise<StandinReply> =>
    withGitLabHeaders(
      await (request.path.startsWith(`${API_PREFIX}/`) ? router.answer(request) : site.answer(request)),
      context.time.now(),
    );

  const http = createHttpStandin({
    host: context.host,
    port: httpPort(context.ports),
    handle: answer,
    classify: ledgerKind,
    ledger,
    faults,
    bootReply: (request) => (booted ? undefined : bootingReply(request)),
  });

  const crash = async (reason: string): Promise<void> => {
    for (const cancel of cancels) cancel();
    await http.shut();
    reportCrash(reason);
  };

  const finishReconfigure = (): void => {
    const { GITLAB_POST_RECONFIGURE_SCRIPT: script = '' } = context.env;
    const problem = script === '' ? undefined : runFirstTokenScript(world, context.dir, script, context.env);
    if (problem === undefined) void listening.then(reportReady);
    else void crash(problem);
  };

  const start = async (): Promise<void> => {
    const first = !isSeeded(world);
    const times: BootTimes = { ...(first ? FIRST_BOOT : LATER_BOOT), ...options.boot };
    const facts = seedFacts(context);
    const problem = first ? seedProblem(facts) : undefined;
    const at = (ms: number, task: () => void) => cancels.push(context.time.after(ms, task));
    if (problem !== undefined) return void at(SEED_MS, () => void crash(problem));
    at(times.refusedMs, () => {
      listening = http.listen().catch((error: Error) => crash(error.message));
    });
    at(times.readyMs, () => {
      if (first) seed(world, facts);
      endRests(world);
      booted = true;
      world.hooks.resume();
      cancels.push(watchStuckJobs(world));
    });
    at(times.scriptMs, finishReconfigure);
  };

  return {
    service: context.service,
    played: 'stand-in',
    start,
    stop: async () => {
      for (const cancel of cancels) cancel();
      await http.shut();
      await world.hooks.stop();
      world.state.close();
    },
    ledger,
    faults,
    crashed,
    controls: createControls(world, health),
    ready,
  };
};
