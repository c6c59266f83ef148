import { Worker } from 'node:worker_threads';
import { afterReal } from '../../kit/real-time.ts';
import { BOOTSTRAP_SOURCE } from './bootstrap-source.ts';
import { type FetchRequest, fetchForScript, type Resolve } from './script-fetch.ts';
import { WORKER_SOURCE } from './worker-source.ts';

export type ScriptOutcome =
  /** `json` is absent when the script returned nothing. */
  | { readonly kind: 'returned'; readonly json?: string }
  | { readonly kind: 'not-loaded'; readonly reason: string }
  | { readonly kind: 'threw'; readonly reason: string };

export interface ScriptWorker {
  call(requestJson: string): Promise<ScriptOutcome>;
  /** JSON of what the script has in `Store`. */
  store(): string;
  end(): Promise<void>;
}

export interface WorkerOptions {
  readonly script: string;
  readonly store: string;
  /** The vendor sets no limit on a call; ours ends a runaway. Real ms. */
  readonly callLimitMs: number;
  readonly loadLimitMs: number;
  readonly resolve: Resolve;
  /** Called once, when the worker is gone for whatever reason. */
  readonly onGone: () => void;
}

/** The vendor's limit: 8 MB (…/integrations/server/lib/isolated-vm/isolated-vm.ts). */
const LIMITS = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 2, stackSizeMb: 2 };

interface FromWorker {
  readonly type: 'loaded' | 'not-loaded' | 'returned' | 'threw' | 'fetch';
  readonly id?: number;
  readonly result?: string;
  readonly reason?: string;
  readonly store?: string;
}

export const startScriptWorker = (options: WorkerOptions): ScriptWorker => {
  const worker = new Worker(WORKER_SOURCE, {
    eval: true,
    env: {},
    execArgv: [],
    argv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: LIMITS,
    workerData: {
      bootstrap: BOOTSTRAP_SOURCE,
      script: options.script,
      store: options.store,
      loadLimitMs: options.loadLimitMs,
    },
  });
  worker.unref();

  let storeText = options.store;
  let calls = 0;
  let notLoaded: string | undefined;
  /** The limit of a call runs from when the script is loaded; until then its start is kept here. */
  let whenLoaded: (() => void)[] | undefined = [];
  let gone: string | undefined;
  /** call id → how it is answered */
  const open = new Map<number, (outcome: ScriptOutcome) => void>();

  const settleAll = (outcome: ScriptOutcome): void => {
    for (const settle of open.values()) settle(outcome);
    open.clear();
  };
  const onMessage = (message: FromWorker): void => {
    if (message.store !== undefined) storeText = message.store;
    const settle = open.get(message.id ?? -1);
    if (message.type === 'loaded') {
      for (const begin of whenLoaded ?? []) begin();
      whenLoaded = undefined;
    } else if (message.type === 'not-loaded') {
      notLoaded = message.reason ?? 'not loaded';
      settleAll({ kind: 'not-loaded', reason: notLoaded });
    } else if (message.type === 'fetch') {
      void fetchForScript(message as unknown as FetchRequest, options.resolve).then((answer) =>
        worker.postMessage({ type: 'settle', id: message.id, answer: JSON.stringify(answer) }),
      );
    } else if (message.type === 'returned') {
      settle?.({ kind: 'returned', ...(message.result === undefined ? {} : { json: message.result }) });
    } else if (message.type === 'threw') {
      settle?.({ kind: 'threw', reason: message.reason ?? 'error' });
    }
  };
  const onGone = (reason: string): void => {
    if (gone !== undefined) return;
    gone = reason;
    settleAll({ kind: 'threw', reason });
    options.onGone();
  };
  worker.on('message', (text: string) => onMessage(JSON.parse(text) as FromWorker));
  worker.on('error', (error) => onGone(error.message));
  worker.on('exit', () => onGone('the script was ended'));

  return {
    call: (request) =>
      new Promise((resolve) => {
        if (notLoaded !== undefined) return resolve({ kind: 'not-loaded', reason: notLoaded });
        if (gone !== undefined) return resolve({ kind: 'threw', reason: gone });
        calls += 1;
        const id = calls;
        let cancel = (): void => undefined;
        const begin = (): void => {
          cancel = afterReal(options.callLimitMs, () => {
            onGone(`the script ran longer than ${options.callLimitMs} ms`);
            void worker.terminate();
          });
        };
        open.set(id, (outcome) => {
          cancel();
          open.delete(id);
          resolve(outcome);
        });
        if (whenLoaded) whenLoaded.push(begin);
        else begin();
        worker.postMessage({ type: 'call', id, request });
      }),
    store: () => storeText,
    end: async () => {
      onGone('the script was ended');
      await worker.terminate();
    },
  };
};
