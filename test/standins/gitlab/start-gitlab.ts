/** Starts a GitLab stand-in for a test: no boot phases unless asked for, its own folder, all gone at the end. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerContext, SimulatedTime } from '@chatops-up/standins';
import { createSimulatedTime } from '@chatops-up/standins';
import { createGitLabStandin, type GitLabOptions, type GitLabStandin } from '@chatops-up/standins/gitlab';
import { freePort } from '../../helpers/free-port.ts';

export interface StartOptions extends GitLabOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** `host:port` inside the network → loopback port. */
  readonly names?: Readonly<Record<string, number>>;
  readonly dir?: string;
  readonly speed?: number;
  /** Instead of `speed`. */
  readonly time?: SimulatedTime;
  /** Go through the boot phases as they are; do not wait for the end of them. */
  readonly boots?: boolean;
  readonly port?: number;
}

export interface StartedGitLab {
  readonly url: string;
  readonly port: number;
  readonly dir: string;
  readonly server: GitLabStandin;
  /** A token of root with scope api. */
  readonly token: string;
  readonly names: Record<string, number>;
  stop(): Promise<void>;
}

const AT_ONCE = { refusedMs: 0, readyMs: 0, scriptMs: 0 };

export const startGitLab = async (options: StartOptions = {}): Promise<StartedGitLab> => {
  const { env = {}, boots = false, speed, time, dir: givenDir, ...gitlabOptions } = options;
  const port = options.port ?? (await freePort());
  const dir = givenDir ?? mkdtempSync(join(tmpdir(), 'gitlab-standin-'));
  const names: Record<string, number> = { ...options.names };
  const context: ServerContext = {
    service: 'gitlab',
    role: 'gitlab',
    dir,
    ports: { 80: port },
    env: { GITLAB_OMNIBUS_CONFIG: `external_url 'http://127.0.0.1:${port}'`, ...env },
    command: [],
    time: time ?? createSimulatedTime(speed),
    lookup: (host, wanted) => {
      const found = names[`${host}:${wanted}`];
      return found === undefined ? undefined : { host: '127.0.0.1', port: found };
    },
    file: async () => undefined,
  };
  // Every process knows new settings at once, but where a test is about just that.
  const known = { settingsCachedMs: 0, ...gitlabOptions };
  const server = createGitLabStandin(context, boots ? known : { boot: AT_ONCE, ...known });
  await server.start();
  if (!boots) await server.ready;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dir,
    server,
    token: boots ? '' : server.controls.addToken('root'),
    names,
    stop: async () => {
      await server.stop();
      if (givenDir === undefined) rmSync(dir, { recursive: true, force: true });
    },
  };
};

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
  readonly body: any;
}

/** One call of the API, as a plain client makes it. */
export const call = async (
  gitlab: Pick<StartedGitLab, 'url' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
  token: string | undefined = gitlab.token,
): Promise<Answer> => {
  const answer = await fetch(`${gitlab.url}/api/v4${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(token === undefined || token === '' ? {} : { 'PRIVATE-TOKEN': token }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const parse = () => {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  };
  return { status: answer.status, headers: answer.headers, text, body: parse() };
};
