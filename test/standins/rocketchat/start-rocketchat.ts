/** A running stand-in with what a test needs around it: a database, a directory, a client that speaks plain REST. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatedTime } from '@chatops-up/standins';
import {
  createRocketChatStandin,
  type RocketChatStandin,
  type RocketChatStandinOptions,
} from '@chatops-up/standins/rocketchat';
import { createBootTime } from '../../fakes/boot-time.ts';
import { freePort } from '../../helpers/free-port.ts';
import { type StubMongo, startStubMongo } from './stub-mongo.ts';

export const ADMIN_PASSWORD = 'Correct-Horse-7-Battery';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers of every shape
  readonly body: any;
}

export interface Auth {
  readonly userId: string;
  readonly authToken: string;
}

export interface RunningChat {
  readonly server: RocketChatStandin;
  readonly url: string;
  readonly mongo: StubMongo;
  readonly dir: string;
  readonly admin: Auth;
  get(path: string, auth?: Auth | null, headers?: Record<string, string>): Promise<Answer>;
  send(
    method: string,
    path: string,
    body?: unknown,
    auth?: Auth | null,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Below `/api/v1/`, as the admin by default; null: nobody. */
  post(path: string, body?: unknown, auth?: Auth | null, headers?: Record<string, string>): Promise<Answer>;
  login(username: string, password: string): Promise<Auth>;
  /** A user with the roles, logged in. */
  user(username: string, roles?: string[]): Promise<Auth & { readonly password: string }>;
  /** Stops the server and starts another on the same directory. */
  restart(env?: Record<string, string>, options?: StartOptions): Promise<RunningChat>;
  stop(): Promise<void>;
}

export interface StartOptions extends RocketChatStandinOptions {
  readonly env?: Record<string, string>;
  /** Default: 1000 until it answers, then 1: what a server remembers for minutes is remembered in a busy test too. */
  readonly speed?: number;
  /** Instead of one of `speed`. */
  readonly time?: SimulatedTime;
  readonly dir?: string;
  readonly mongo?: StubMongo;
  /** Handed out while it is still read-only. Default: once it takes messages. */
  readonly restricted?: boolean;
}

const DEFAULT_ENV = {
  ADMIN_USERNAME: 'chief',
  ADMIN_PASS: ADMIN_PASSWORD,
  ADMIN_EMAIL: 'chief@example.org',
  ROOT_URL: 'http://chat.localhost',
  MONGO_URL: 'mongodb://mongo:27017/rocketchat?replicaSet=rs0',
  OVERWRITE_SETTING_API_Enable_Rate_Limiter: 'false',
};

/** The stand-in alone, not started. */
export const buildServer = async (options: StartOptions & { readonly dir: string; readonly mongo?: StubMongo }) => {
  const port = await freePort();
  const { mongo } = options;
  const time = createBootTime(options.speed === undefined ? 1_000 : options.speed);
  const server = createRocketChatStandin(
    {
      service: 'rocketchat',
      role: 'rocketchat',
      dir: options.dir,
      ports: { 3000: port },
      env: { ...DEFAULT_ENV, ...options.env },
      command: [],
      time: options.time ?? time,
      lookup: (host) => (host === 'mongo' && mongo ? { host: '127.0.0.1', port: mongo.port } : undefined),
      file: async () => undefined,
    },
    options,
  );
  const answers = (): void => {
    if (options.speed === undefined) time.goOnAt(1);
  };
  return { server, url: `http://127.0.0.1:${port}`, port, answers };
};

/** Resolves when the port answers; rejects with the reason when the server crashes first. */
export const ready = async (server: RocketChatStandin, url: string): Promise<void> => {
  let reason: string | undefined;
  void server.crashed.then((why) => {
    reason = why;
  });
  for (;;) {
    const answer = await fetch(`${url}/api/info`).catch(() => undefined);
    if (answer?.ok) return;
    if (reason !== undefined) throw new Error(reason);
    await new Promise((done) => setTimeout(done, 5));
  }
};

export const daysLeft = async (url: string): Promise<number> => {
  const id = 'Cloud_Workspace_AirGapped_Restrictions_Remaining_Days';
  const answer = await fetch(`${url}/api/v1/settings.public?_id=${id}`);
  const body = (await answer.json()) as { readonly settings: readonly { readonly value: number }[] };
  return body.settings[0]?.value ?? Number.NaN;
};

/** Resolves when what is left of the days without the vendor has been computed. */
export const computed = async (url: string): Promise<number> => {
  for (;;) {
    const days = await daysLeft(url);
    if (days !== -1) return days;
    await new Promise((done) => setTimeout(done, 5));
  }
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const authHeaders = (auth: Auth | null): Record<string, string> =>
  auth ? { 'X-Auth-Token': auth.authToken, 'X-User-Id': auth.userId } : {};

export const startRocketChat = async (options: StartOptions = {}): Promise<RunningChat> => {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'chatops-rocketchat-'));
  const mongo = options.mongo ?? (await startStubMongo());
  const { server, url, answers } = await buildServer({ ...options, dir, mongo });
  await server.start();
  await ready(server, url);
  if (options.restricted !== true) await computed(url);
  answers();

  const call = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}${path}`, init);
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parse(text) };
  };
  const send: RunningChat['send'] = (method, path, body, auth = null, headers = {}) =>
    call(path, {
      method,
      headers: { 'Content-Type': 'application/json', ...authHeaders(auth), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const login = async (username: string, password: string): Promise<Auth> => {
    const { body, status } = await send('POST', '/api/v1/login', { user: username, password });
    if (status !== 200) throw new Error(`login of ${username}: ${JSON.stringify(body)}`);
    return { userId: body.data.userId, authToken: body.data.authToken };
  };
  const env = options.env ?? {};
  const name = env.ADMIN_USERNAME ?? DEFAULT_ENV.ADMIN_USERNAME;
  const admin = await login(name, env.ADMIN_PASS ?? ADMIN_PASSWORD);
  const chat: RunningChat = {
    server,
    url,
    mongo,
    dir,
    admin,
    get: (path, auth = admin, headers = {}) =>
      call(path.startsWith('/') ? path : `/api/v1/${path}`, { headers: { ...authHeaders(auth), ...headers } }),
    send,
    post: (path, body, auth = admin, headers = {}) =>
      send('POST', path.startsWith('/') ? path : `/api/v1/${path}`, body, auth, headers),
    login,
    user: async (username, roles = ['user']) => {
      const password = `Pass-word-${username}-1`;
      const email = `${username}@example.org`;
      const { body, status } = await chat.post('users.create', { username, name: username, email, password, roles });
      if (status !== 200) throw new Error(`users.create ${username}: ${JSON.stringify(body)}`);
      return { ...(await login(username, password)), password };
    },
    restart: async (env = {}, changed = {}) => {
      await server.stop();
      return startRocketChat({ ...options, ...changed, env: { ...options.env, ...env }, dir, mongo });
    },
    stop: async () => {
      await server.stop();
      await mongo.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return chat;
};
