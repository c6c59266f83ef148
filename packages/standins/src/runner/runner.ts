/**
 * A stand-in for gitlab-runner: reads config.toml again and again, polls GitLab for jobs with its system id, runs them,
 * shows metrics. Like the real one it does not verify its token when it starts: the first job request is its first contact.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFaults } from '../kit/faults.ts';
import { createHttpStandin } from '../kit/http-standin.ts';
import { createLedger } from '../kit/ledger.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { type ReadConfig, type RunnerBlock, type RunnerConfig, readRunnerConfig } from './config-file.ts';
import { buildsDir } from './execute.ts';
import { createGitLabApi } from './gitlab-api.ts';
import { createMetrics } from './metrics.ts';
import { runJob } from './run-job.ts';
import { systemIdBeside } from './system-id.ts';
import { isDue, renewedFile, renewToken } from './token-renewal.ts';
import { createWorker, runnerInfo } from './worker.ts';

const METRICS_PORT = 9252;
/** The file is looked at again this often; simulated. */
const REREAD_MS = 3_000;
/**
 * However fast simulated time runs, GitLab is not asked more often than this, and ever more seldom while it has no job:
 * who leaves a stack running for hours would pay for it. Real.
 */
const POLL_REAL_MS = { least: 20, most: 200, growth: 1.2 };

export const createRunnerStandin = (context: ServerContext): RunningServer => {
  const { service, dir, env, time, lookup } = context;
  const path = env.CHATOPS_RUNNER_CONFIG ?? join(dir, 'config.toml');
  const stopping = new AbortController();
  const ledger = createLedger();
  const faults = createFaults();
  const metrics = createMetrics();
  const systemId = systemIdBeside(path);
  const api = createGitLabApi(lookup, time, stopping.signal);
  const worker = createWorker(api, metrics, systemId);
  /** Token → its running jobs. */
  const running = new Map<string, number>();
  const underway = new Set<Promise<void>>();
  let config: RunnerConfig | undefined;
  let readAt = 0;
  let pollRealMs = POLL_REAL_MS.least;
  let cancelNext: () => void = () => undefined;
  let reportCrash: (reason: string) => void = () => undefined;
  const crashed = new Promise<string>((resolve) => {
    reportCrash = resolve;
  });

  const http = createHttpStandin({
    host: context.host,
    port: context.ports[METRICS_PORT] ?? 0,
    handle: ({ path: asked }) =>
      asked === '/metrics'
        ? {
            status: 200,
            headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
            body: metrics.text(config?.concurrent ?? 0),
          }
        : { status: 404, headers: { 'Content-Type': 'text/plain' }, body: '404 page not found\n' },
    classify: () => 'read',
    ledger,
    faults,
  });

  const outside = (text: string): string => {
    const url = new URL(text);
    const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
    const place = lookup(url.hostname, port);
    if (place === undefined) return text;
    url.host = `${place.host}:${place.port}`;
    return url.toString();
  };

  const count = (token: string, change: 1 | -1): void => {
    running.set(token, (running.get(token) ?? 0) + change);
    metrics.jobsRunning(change);
  };

  const hasRoom = (runner: RunnerBlock, concurrent: number): boolean => {
    const mine = running.get(runner.token) ?? 0;
    const all = [...running.values()].reduce((sum, one) => sum + one, 0);
    return all < concurrent && (runner.limit === 0 || mine < runner.limit);
  };

  const serve = async (runner: RunnerBlock, concurrent: number): Promise<void> => {
    if (runner.token === '' || runner.url === '' || !hasRoom(runner, concurrent)) return;
    const job = await worker.askForJob(runner, time.now());
    if (job === undefined || stopping.signal.aborted) return;
    pollRealMs = POLL_REAL_MS.least;
    count(runner.token, 1);
    const run = {
      job,
      runner,
      service,
      systemId,
      info: runnerInfo(runner),
      api,
      time,
      stopped: stopping.signal,
      outside,
    };
    const task = runJob(run).finally(() => count(runner.token, -1));
    underway.add(task);
    void task.finally(() => underway.delete(task));
  };

  /** A damaged or missing file changes nothing: the last good one goes on. */
  const take = (read: ReadConfig): void => {
    if (read.kind !== 'read') return;
    config = read.config;
    if (config.concurrent < 1) reportCrash('concurrent must be at least 1');
  };

  const renew = async (runner: RunnerBlock): Promise<void> => {
    const renewed = await renewToken(api, runner, time.now());
    if (renewed === undefined) return;
    writeFileSync(`${path}.tmp`, renewedFile(readFileSync(path, 'utf8'), runner.token, renewed), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
    take(readRunnerConfig(path, env));
  };

  const round = async (): Promise<void> => {
    if (time.now() - readAt >= REREAD_MS) {
      readAt = time.now();
      take(readRunnerConfig(path, env));
    }
    for (const runner of config?.runners ?? []) if (isDue(runner, time.now())) await renew(runner);
    for (const runner of config?.runners ?? []) await serve(runner, config?.concurrent ?? 1);
    if (stopping.signal.aborted) return;
    const interval = Math.max(config?.checkIntervalMs ?? REREAD_MS, pollRealMs * time.speed);
    pollRealMs = Math.min(POLL_REAL_MS.most, pollRealMs * POLL_REAL_MS.growth);
    cancelNext = time.after(interval, () => startRound());
  };

  /** A round never rejects for what was foreseen; anything else ends the process, as a panic would. */
  const startRound = (): void => {
    const task = round().catch((thrown: unknown) =>
      reportCrash(thrown instanceof Error ? thrown.message : String(thrown)),
    );
    underway.add(task);
    void task.finally(() => underway.delete(task));
  };

  return {
    service,
    played: 'stand-in',
    start: async () => {
      readAt = time.now();
      take(readRunnerConfig(path, env));
      // Read once, at the start: a later change of listen_address needs a new start.
      if (config?.listenAddress !== undefined) await http.listen();
      startRound();
    },
    stop: async () => {
      stopping.abort();
      cancelNext();
      await http.shut();
      await Promise.all(underway);
      api.close();
      rmSync(buildsDir(service), { recursive: true, force: true });
    },
    ledger,
    faults,
    crashed,
  };
};
