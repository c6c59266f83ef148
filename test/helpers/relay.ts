/** The relay as a real process or in this one, and GitLab's deliveries to it over a real socket. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createHttp } from '../../src/adapters/http.ts';
import { secretsFromEnvironment } from '../../src/adapters/secrets.ts';
import { parseRelayFile } from '../../src/parts/relay/program/relay-file.ts';
import { Secret } from '../../src/values/secret.ts';
import { startRelay } from '../../src/wiring/start-relay.ts';
import { known } from '../builders/outlet.ts';
import { type Delivery, ownDelivery } from '../unit/notifier/deliveries.ts';
import { type Running, start } from './cli.ts';
import { freePort } from './free-port.ts';

export const HOOK_SECRET = 'hook-secret-of-the-relay';

export interface RelayProcess {
  readonly url: string;
  readonly process: Running;
  /** Ends it as a supervisor does. */
  stop(): Promise<number | null>;
  /** Ends it as a power cut does. */
  kill(): Promise<void>;
}

export interface RelayHome {
  readonly dir: string;
  start(env?: Readonly<Record<string, string>>): Promise<RelayProcess>;
  /** In this process: over sockets all the same, and there at once. */
  startHere(env?: Readonly<Record<string, string>>): Promise<RelayHere>;
}

export interface RelayHere {
  readonly url: string;
  readonly lines: readonly string[];
  stop(): Promise<void>;
}

/** A directory with settings, in which a relay may be started again and again. */
export const relayHome = (settings: Readonly<Record<string, unknown>>): RelayHome => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-relay-'));
  writeFileSync(join(dir, 'relay.json'), JSON.stringify(settings));
  return {
    dir,
    startHere: async (env = {}) => {
      const lines: string[] = [];
      const stopping = new AbortController();
      const values = { CHATOPS_HOOK_SECRET: HOOK_SECRET, ...env };
      const { port, ended } = await startRelay({
        file: parseRelayFile(JSON.stringify(settings), 'relay.json'),
        secrets: secretsFromEnvironment(values, (value) => new Secret(value)),
        http: createHttp(),
        stateDir: join(dir, 'state'),
        port: 0,
        host: '127.0.0.1',
        say: (line) => lines.push(line),
        clean: known().clean,
        signal: stopping.signal,
      });
      const stop = (): Promise<void> => {
        stopping.abort(new Error('stopped'));
        return ended;
      };
      return { url: `http://127.0.0.1:${port}`, lines, stop };
    },
    start: async (env = {}) => {
      const port = await freePort();
      const args = ['relay', '--dir', dir, '--settings', 'relay.json', '--state', 'state', '--port', String(port)];
      const running = start('chatops-up', args, { env: { CHATOPS_HOOK_SECRET: HOOK_SECRET, ...env } });
      await running.says('taking deliveries');
      const end = async (signal: NodeJS.Signals): Promise<number | null> => {
        running.process.kill(signal);
        return (await running.ended).status;
      };
      return {
        url: `http://127.0.0.1:${port}`,
        process: running,
        stop: () => end('SIGTERM'),
        kill: async () => void (await end('SIGKILL')),
      };
    },
  };
};

export interface DeliverOptions {
  readonly room?: string;
  readonly token?: string;
  /** Headers instead of a fresh Idempotency-Key. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly form?: boolean;
  readonly signal?: AbortSignal;
}

export interface RelayAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** As GitLab sends it. */
export const deliver = async (
  { url }: Pick<RelayProcess, 'url'>,
  { header, payload }: Omit<Delivery, 'name'>,
  { room = 'builds', token = HOOK_SECRET, headers, form = false, signal }: DeliverOptions = {},
): Promise<RelayAnswer> => {
  const json = JSON.stringify(payload);
  const response = await fetch(`${url}/hooks/gitlab?channel=${encodeURIComponent(room)}`, {
    method: 'POST',
    headers: {
      'Content-Type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      'X-Gitlab-Event': header,
      'X-Gitlab-Token': token,
      ...(headers ?? { 'Idempotency-Key': randomUUID() }),
    },
    ...(signal && { signal }),
    body: form ? new URLSearchParams({ payload: json }).toString() : json,
  });
  return { status: response.status, body: (await response.json()) as RelayAnswer['body'] };
};

export interface PipelineAt {
  readonly id?: number;
  readonly status: string;
  /** Job name → status; each in a stage of its own name. */
  readonly jobs?: Readonly<Record<string, string>>;
  readonly ref?: string;
}

/** A pipeline event of the fixtures, at another point of its life. */
export const pipelineAt = ({ id = 314, status, jobs = {}, ref = 'main' }: PipelineAt): Omit<Delivery, 'name'> => {
  const { header, payload } = ownDelivery('pipeline-failed');
  const names = Object.keys(jobs);
  const item = payload.object_attributes as Readonly<Record<string, unknown>>;
  const builds = names.map((name, index) => ({ id: id * 10 + index, stage: name, name, status: jobs[name] }));
  const url = `https://git.example.org/works/tram_depot/-/pipelines/${id}`;
  return {
    header,
    payload: { ...payload, object_attributes: { ...item, id, status, ref, url, stages: names }, builds },
  };
};

/** Waits for a condition; the test's own deadline ends the waiting. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
};
