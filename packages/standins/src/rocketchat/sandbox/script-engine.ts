import { afterReal } from '../../kit/real-time.ts';
import { asRun } from './compile.ts';
import type { Resolve } from './script-fetch.ts';
import { type ScriptOutcome, type ScriptWorker, startScriptWorker } from './script-worker.ts';

export interface Script {
  readonly integrationId: string;
  readonly source: string;
  readonly isStrict: boolean;
}

export interface ScriptEngine {
  run(script: Script, requestJson: string): Promise<ScriptOutcome>;
  /** The script changed or went: its `Store` is lost with it. */
  forget(integrationId: string): void;
  close(): Promise<void>;
}

export interface ScriptEngineOptions {
  /** Default 10 s, real time: the vendor has no limit on a call, a stand-in must not hang for ever. */
  readonly callLimitMs?: number;
  /** Default 3 s, real time, as the vendor has it. */
  readonly loadLimitMs?: number;
  readonly resolve: Resolve;
}

/** How long a worker without calls stays warm; real ms. */
const IDLE_MS = 2_000;

interface Warm {
  readonly worker: ScriptWorker;
  readonly source: string;
  cancelIdle?: () => void;
  running: number;
}

/** One worker per integration, started by its first call and ended when idle; `Store` outlives the worker. */
export const createScriptEngine = ({
  callLimitMs = 10_000,
  loadLimitMs = 3_000,
  resolve,
}: ScriptEngineOptions): ScriptEngine => {
  /** integration id → its worker */
  const workers = new Map<string, Warm>();
  /** integration id → JSON of its Store */
  const stores = new Map<string, string>();
  const ending = new Set<Promise<void>>();

  const retire = (id: string, warm: Warm): void => {
    warm.cancelIdle?.();
    stores.set(id, warm.worker.store());
    if (workers.get(id) === warm) workers.delete(id);
    const ended = warm.worker.end().finally(() => ending.delete(ended));
    ending.add(ended);
  };
  const start = (script: Script): Warm => {
    const id = script.integrationId;
    const source = asRun(script.source, script.isStrict);
    const worker = startScriptWorker({
      script: source,
      store: stores.get(id) ?? '{}',
      callLimitMs,
      loadLimitMs,
      resolve,
      onGone: () => {
        if (workers.get(id)?.worker === worker) workers.delete(id);
      },
    });
    const warm: Warm = { worker, source, running: 0 };
    workers.set(id, warm);
    return warm;
  };

  return {
    run: async (script, request) => {
      const id = script.integrationId;
      const found = workers.get(id);
      const warm = found?.source === asRun(script.source, script.isStrict) ? found : start(script);
      warm.cancelIdle?.();
      warm.running += 1;
      const outcome = await warm.worker.call(request);
      warm.running -= 1;
      if (outcome.kind === 'not-loaded') retire(id, warm);
      else if (warm.running === 0) {
        warm.cancelIdle = afterReal(IDLE_MS, () => retire(id, warm));
      }
      return outcome;
    },
    forget: (id) => {
      const warm = workers.get(id);
      if (warm) retire(id, warm);
      stores.delete(id);
    },
    close: async () => {
      for (const [id, warm] of workers) retire(id, warm);
      await Promise.all(ending);
    },
  };
};
