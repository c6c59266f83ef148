/** Announces to hooks what happened: picks the ones that listen, sends to each a moment later, keeps count of failures. */

import { randomUUID } from '../../kit/chance.ts';
import { monotonicMs, pauseReal } from '../../kit/real-time.ts';
import type { SimulatedTime } from '../../kit/simulated-time.ts';
import type { ServerContext } from '../../standin.ts';
import type { Hook, Project } from '../model.ts';
import type { Settings } from '../settings.ts';
import type { State } from '../state.ts';
import type { Features } from '../version.ts';
import { addressProblem } from './addresses.ts';
import { afterFailure, afterSuccess, alertStatus } from './auto-disable.ts';
import { branchFits } from './branch-filter.ts';
import type { DeliveryRecord } from './records.ts';
import { buildDelivery, fullUrl, post, type Sent } from './send.ts';
import { EVENT_NAMES, type HookEvent } from './triggers.ts';

/** What happened in a project. */
export interface Happening {
  readonly event: HookEvent;
  readonly project: Project;
  readonly payload: unknown;
  /** What system hooks are sent instead; absent: nothing. */
  readonly systemPayload?: unknown;
  /** Branch of a push, for hooks with a filter. */
  readonly branch?: string;
}

export interface Dispatcher {
  fire(happening: Happening): void;
  /** An event of the whole instance, for every system hook (`project_create`). */
  system(payload: unknown): void;
  /** Sends within the request, whatever the state of the hook, and counts the outcome. @param key of what is sent again */
  deliver(hook: Hook, event: HookEvent | 'system', payload: unknown, key?: string): Promise<Sent>;
  /** Newest first. */
  records(hookId: number): readonly DeliveryRecord[];
  /** Goes on with what was still to be sent when the server ended. */
  resume(): void;
  /** Resolves when nothing more is under way. */
  idle(): Promise<void>;
  /** Cuts what is under way. */
  stop(): Promise<void>;
}

export interface DispatcherNeeds {
  readonly state: State;
  readonly time: SimulatedTime;
  readonly features: Features;
  readonly externalUrl: string;
  readonly lookup: ServerContext['lookup'];
  /** As the process sees them that answers requests, and as the one that works on the queue does. */
  readonly settings: { readonly web: () => Settings; readonly queue: () => Settings };
  /** Group chain of a project's namespace: groups' hooks hear of their projects. */
  readonly groupIdsOf: (project: Project) => readonly number[];
}

interface Sending {
  readonly event: HookEvent | 'system';
  readonly payload: unknown;
  readonly eventId: string;
  /** The process that sends, and checks the address before. */
  readonly by: keyof DispatcherNeeds['settings'];
  /** Default: a new one. */
  readonly key?: string | undefined;
}

const RECORDS_KEPT = 100;

const isSuccess = (sent: Sent): boolean => sent.kind === 'answered' && sent.status < 400;

export const createDispatcher = (needs: DispatcherNeeds): Dispatcher => {
  const { state, time, features } = needs;
  const stopping = new AbortController();
  const underway = new Set<Promise<unknown>>();

  const keep = (record: Omit<DeliveryRecord, 'id'>): void => {
    const id = state.nextId('deliveries');
    state.deliveries.put(String(id), { id, ...record });
    const tooMany = Math.max(0, state.deliveries.size - RECORDS_KEPT);
    for (const old of state.deliveries.all().slice(0, tooMany)) state.deliveries.delete(String(old.id));
  };

  const count = (hook: Hook, sent: Sent): void => {
    const current = state.hooks.get(String(hook.id));
    // In CE only project hooks rest; a hook deleted meanwhile is not brought back.
    if (current === undefined || current.owner.kind === 'system' || stopping.signal.aborted) return;
    const failure = {
      now: time.now(),
      refused: sent.kind === 'answered' && sent.status < 500,
      alike: features.failuresAlike,
    };
    const next = isSuccess(sent) ? afterSuccess(current) : afterFailure(current, failure);
    if (JSON.stringify(next) !== JSON.stringify(current)) state.hooks.put(String(hook.id), next);
  };

  const send = async (hook: Hook, { event, payload, eventId, by, key = randomUUID() }: Sending): Promise<Sent> => {
    const url = fullUrl(hook);
    const forSystemHook = hook.owner.kind === 'system';
    const settings = needs.settings[by]();
    const problem = addressProblem({ url, settings, forSystemHook, lookup: needs.lookup });
    const delivery = buildDelivery({
      hook,
      eventName: forSystemHook || event === 'system' ? 'System Hook' : EVENT_NAMES[event],
      payload,
      eventId,
      idempotencyKey: key,
      instance: needs.externalUrl,
      version: features.version,
      now: time.now(),
    });
    const startedAt = monotonicMs();
    const sent: Sent =
      problem === undefined
        ? await post(new URL(url), delivery, needs.lookup, stopping.signal)
        : { kind: 'failed', message: `URL is blocked: ${problem}` };
    // The server ends: what came of it is not known, and the next one sends it again.
    if (stopping.signal.aborted) return sent;
    const seconds = (monotonicMs() - startedAt) / 1000;
    const trigger = event === 'system' ? 'system_hooks' : event.replace(/_events$/, '_hooks');
    keep({ hookId: hook.id, url: hook.url, trigger, delivery, payload, sent, seconds });
    count(hook, sent);
    return sent;
  };

  /** Sidekiq works a moment after the request has been answered. */
  const soon = (work: () => Promise<unknown>): void => {
    const promise = pauseReal(1).then(() => (stopping.signal.aborted ? undefined : work()));
    underway.add(promise);
    promise.finally(() => underway.delete(promise));
  };

  /** Sent to the hook as it is then. What is cut off when the server ends is sent by the next one. */
  const work = (key: string): void =>
    soon(async () => {
      const waiting = state.outbox.get(key);
      const hook = waiting && state.hooks.get(String(waiting.hookId));
      if (waiting && hook) await send(hook, { ...waiting, by: 'queue', key: undefined });
      if (!stopping.signal.aborted) state.outbox.delete(key);
    });

  const enqueue = (hook: Hook, event: HookEvent | 'system', payload: unknown, eventId: string): void => {
    const key = randomUUID();
    state.outbox.put(key, { key, hookId: hook.id, event, payload, eventId });
    work(key);
  };

  const listens = (hook: Hook, { event, project, branch }: Happening): boolean => {
    if (hook.events[event] !== true || alertStatus(hook, time.now()) !== 'executable') return false;
    const { owner } = hook;
    const isOwn =
      (owner.kind === 'project' && owner.id === project.id) ||
      (owner.kind === 'group' && needs.groupIdsOf(project).includes(owner.id));
    return isOwn && (branch === undefined || event !== 'push_events' || branchFits(hook, branch));
  };

  const systemHooks = () => state.hooks.all().filter(({ owner }) => owner.kind === 'system');

  return {
    fire: (happening) => {
      const eventId = randomUUID();
      for (const hook of state.hooks.all())
        if (listens(hook, happening)) enqueue(hook, happening.event, happening.payload, eventId);
      if (happening.systemPayload === undefined) return;
      for (const hook of systemHooks())
        if (hook.events[happening.event] === true) enqueue(hook, happening.event, happening.systemPayload, eventId);
    },
    system: (payload) => {
      const eventId = randomUUID();
      for (const hook of systemHooks()) enqueue(hook, 'system', payload, eventId);
    },
    deliver: (hook, event, payload, key) => send(hook, { event, payload, eventId: randomUUID(), by: 'web', key }),
    records: (hookId) =>
      state.deliveries
        .all()
        .filter((record) => record.hookId === hookId)
        .reverse(),
    resume: () => {
      for (const { key } of state.outbox.all()) work(key);
    },
    idle: async () => {
      while (underway.size > 0) await Promise.all(underway);
    },
    stop: async () => {
      stopping.abort();
      await Promise.all(underway);
    },
  };
};
