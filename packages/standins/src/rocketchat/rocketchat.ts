/**
 * A stand-in of Rocket.Chat: REST, incoming webhooks with their scripts, DDP over WebSocket, on the state of one data
 * directory. It behaves as release 8.6.1 does, or as an older one named by `version`.
 */
import { join } from 'node:path';
import type { MongoClient } from 'mongodb';
import { createFaults } from '../kit/faults.ts';
import { createHttpStandin } from '../kit/http-standin.ts';
import { createLedger } from '../kit/ledger.ts';
import { openStore } from '../kit/store.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { createAirGap } from './air-gap.ts';
import { routesFor } from './api/index.ts';
import { createRest } from './api/rest.ts';
import { boot } from './boot.ts';
import { type Chat, createNews, createStamp } from './chat.ts';
import { createDdpServer } from './ddp/ddp-server.ts';
import { HEARTBEAT_MS } from './ddp/heartbeat.ts';
import { makeFirstThings } from './first-start.ts';
import type { OwnCheck } from './health.ts';
import { createHooks } from './hooks/hooks.ts';
import { createLoginGuard } from './login-guard.ts';
import { createMailFactor, type Mail } from './mail-factor.ts';
import { createRateLimiter } from './rate-limiter.ts';
import { createScriptEngine } from './sandbox/script-engine.ts';
import { openSettings } from './settings.ts';
import { openState } from './state.ts';
import { type RocketChatVersion, traitsOf, versionFromEnv } from './version.ts';
import { classify, createWeb } from './web.ts';

export interface RocketChatStandin extends RunningServer {
  readonly version: RocketChatVersion;
  /** Codes that would have been mailed. */
  outbox(): readonly Mail[];
  /** Checks of its own that `/livez` and `/readyz` say have failed. Empty from the start. */
  readonly degraded: Set<OwnCheck>;
}

export interface RocketChatStandinOptions {
  /** Default: `ROCKETCHAT_STANDIN_VERSION` of the environment, else 8.6. */
  readonly version?: RocketChatVersion;
  /** Real ms after which a running script is ended. Default 10 s. */
  readonly scriptCallLimitMs?: number;
  /** Real ms of silence after which a client over DDP is pinged, and after as many more dropped. Default 15 s. */
  readonly heartbeatMs?: number;
}

const PORT = 3000;

const createChat = (context: ServerContext, options: RocketChatStandinOptions) => {
  const traits = traitsOf(options.version ?? versionFromEnv(context.env));
  const store = openStore(join(context.dir, 'rocketchat.jsonl'));
  const state = openState(store);
  const isFirst = state.facts.get('version') === undefined;
  const settings = openSettings(state, context.env, traits);
  const limit = options.scriptCallLimitMs;
  const scripts = createScriptEngine({
    resolve: (host, port) => context.lookup(host, port),
    ...(limit === undefined ? {} : { callLimitMs: limit }),
  });
  const chat: Chat = {
    traits,
    env: context.env,
    time: context.time,
    stamp: createStamp(),
    state,
    settings,
    scripts,
    limiter: createRateLimiter(context.time),
    loginGuard: createLoginGuard(settings, context.time),
    mailFactor: createMailFactor(settings, context.time),
    news: createNews(),
    airGap: createAirGap({ env: context.env, time: context.time, state, settings }),
  };
  return { chat, store, isFirst };
};

export const createRocketChatStandin = (
  context: ServerContext,
  options: RocketChatStandinOptions = {},
): RocketChatStandin => {
  const version = options.version ?? versionFromEnv(context.env);
  const ledger = createLedger();
  const faults = createFaults();
  const port = context.ports[Number(context.env.PORT ?? PORT)] ?? context.ports[PORT];
  if (port === undefined) throw new Error(`no loopback port is given for port ${PORT} of ${context.service}`);
  let reportCrash: (reason: string) => void = () => undefined;
  const crashed = new Promise<string>((resolve) => {
    reportCrash = resolve;
  });
  const degraded = new Set<OwnCheck>();
  let outbox: () => readonly Mail[] = () => [];
  /** What runs between a start and its stop. */
  let running: { readonly close: () => Promise<void> } | undefined;

  const start = (): void => {
    const { chat, store, isFirst } = createChat(context, options);
    outbox = chat.mailFactor.outbox;
    const ending = new AbortController();
    let mongo: MongoClient | undefined;
    const ping = async (): Promise<void> => {
      await mongo?.db('admin').command({ ping: 1 });
    };
    const web = createWeb(chat, createRest(chat, routesFor(chat)), createHooks(chat), { ping, degraded });
    const { heartbeatMs = HEARTBEAT_MS } = options;
    const ddp = createDdpServer({ chat, ledger, faults, heartbeatMs });
    const { host } = context;
    const http = createHttpStandin({ host, port, handle: web, classify, ledger, faults, onUpgrade: ddp.upgrade });

    const close = async (): Promise<void> => {
      ending.abort();
      chat.airGap.end();
      ddp.close();
      await http.shut();
      await booting;
      await chat.scripts.close();
      await mongo?.close();
      store.close();
    };
    const crash = (reason: string): void => {
      if (ending.signal.aborted) return;
      running = undefined;
      void close().then(() => reportCrash(reason));
    };
    const open = async (client: MongoClient): Promise<void> => {
      mongo = client;
      makeFirstThings(chat);
      chat.airGap.begin();
      await http.listen();
    };
    const booting = boot({
      env: context.env,
      traits: chat.traits,
      time: context.time,
      lookup: (host, at) => context.lookup(host, at),
      isFirst,
      signal: ending.signal,
      open,
      crash,
    }).catch((thrown: unknown) => crash(thrown instanceof Error ? thrown.message : String(thrown)));
    running = { close };
  };

  return {
    service: context.service,
    played: 'stand-in',
    version,
    ledger,
    faults,
    crashed,
    start: async () => {
      if (!running) start();
    },
    stop: async () => {
      const closing = running;
      running = undefined;
      await closing?.close();
    },
    outbox: () => outbox(),
    degraded,
  };
};
