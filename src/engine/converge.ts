/**
 * Walks the stack graph: every node starts the moment its gates hold, all that can run at once runs at once.
 * A failure stops only what waits for it; the rest goes on, so that one server never holds another back.
 * Knows no service by name.
 */

import type { Clock } from '../contracts/clock.ts';
import type { EngineSession, JobListeners } from '../contracts/engine.ts';
import type { EventSink } from '../contracts/event-sink.ts';
import type { Change, Job } from '../contracts/job.ts';
import type { Probe } from '../contracts/probe.ts';
import { ChatopsError, toChatopsError } from '../errors/chatops-error.ts';
import { servicesOf } from '../stack/services-of.ts';
import type { Gate, JobNode, JobSpec, ProbeSpec, ServiceNode, StackNode } from '../stack/stack.ts';
import { awaitGate, describeReasons, type GateOpened, type ReasonSpan, withReason } from './await-gate.ts';
import { diagnosed } from './diagnosed.ts';
import { endedUnder } from './ended-under.ts';
import type { NodeOutcome } from './outcome.ts';
import type { ServiceStep } from './plan.ts';
import { readinessOf } from './readiness.ts';
import { reconcileServices } from './reconcile.ts';
import { runJob } from './run-job.ts';
import { type Standing, standingOf } from './standing.ts';
import { withDeadline } from './with-deadline.ts';

export interface ConvergeDeps {
  readonly session: EngineSession;
  readonly probeOf: (spec: ProbeSpec) => Probe;
  readonly jobOf: (spec: JobSpec) => Promise<Job>;
  readonly clock: Clock;
  readonly events: EventSink;
  readonly signal: AbortSignal;
}

interface NodeRun {
  readonly started: Promise<boolean>;
  readonly finished: Promise<NodeOutcome>;
}

const isGood = (outcome: NodeOutcome): boolean => outcome.result === 'ready' || outcome.result === 'done';

/** Whether every node is ready or done. */
export const isReached = (outcomes: readonly NodeOutcome[]): boolean => outcomes.every(isGood);

/** Not a failure of its own: what its readiness shows through has failed. */
class LostBackEnd extends Error {
  readonly node: string;

  constructor(node: string) {
    super(`${node} failed`);
    this.node = node;
  }
}

/** Rejects as soon as a service that the readiness of `node` shows through has failed; never resolves. */
const lostBackEnd = ({ readyThrough = [] }: ServiceNode, runs: ReadonlyMap<string, NodeRun>): Promise<never> => {
  const lost = new Promise<never>((_, reject) => {
    for (const name of readyThrough) {
      runs.get(name)?.finished.then((outcome) => {
        if (!isGood(outcome)) reject(new LostBackEnd(name));
      });
    }
  });
  // Nobody listens any more when the service was ready before.
  lost.catch(() => undefined);
  return lost;
};

/** Runs `task` with a signal that `crashed` also aborts: a service that ends is not waited for any longer. */
const unlessCrashed = async <T>(
  service: string,
  deps: ConvergeDeps,
  lost: Promise<never>,
  answers: () => string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const stop = new AbortController();
  const crash = deps.session.crashed(service).then((reason): never => {
    const said = answers();
    throw new ChatopsError('SERVICE_FAILED', {
      what: `service ${service} ended before it was ready`,
      why: said === '' ? reason : `${reason}\nthe answers of its probe over time:\n${said}`,
      next: `read the last lines of ${service}; fix the named cause and run the command again`,
    });
  });
  try {
    return await Promise.race([task(AbortSignal.any([stop.signal, deps.signal])), crash, lost]);
  } finally {
    stop.abort();
  }
};

const runService = async (
  node: ServiceNode,
  runs: ReadonlyMap<string, NodeRun>,
  deps: ConvergeDeps,
  markStarted: () => void,
): Promise<Pick<GateOpened, 'detail' | 'caution'>> => {
  await deps.session.start(node, deps.signal);
  deps.events.emit({ type: 'node-started', node: node.name, kind: 'service' });
  markStarted();
  const startedAt = deps.clock.now();
  let answers: readonly ReasonSpan[] = [];
  const wait = (signal: AbortSignal) =>
    awaitGate(deps.probeOf(readinessOf(node, deps.session)), {
      name: node.name,
      withinMs: node.readyWithinMs,
      clock: deps.clock,
      signal,
      onNotReady: (reason, tries) => {
        answers = withReason(answers, reason, deps.clock.now() - startedAt);
        deps.events.emit({ type: 'gate-answer', node: node.name, reason, tries });
      },
    });
  const readyAndComplete = async (signal: AbortSignal): Promise<GateOpened> => {
    const [opened] = await Promise.all([wait(signal), deps.session.completed?.(node, signal)]);
    return opened;
  };
  const lost = lostBackEnd(node, runs);
  return unlessCrashed(node.name, deps, lost, () => describeReasons(answers), readyAndComplete);
};

const runJobNode = async (
  node: JobNode,
  deps: ConvergeDeps,
  changes: Change[],
  warnings: string[],
  markStarted: () => void,
): Promise<void> => {
  deps.events.emit({ type: 'node-started', node: node.name, kind: 'job' });
  markStarted();
  const listeners: JobListeners = {
    onChange: (change) => {
      changes.push(change);
      deps.events.emit({ type: 'change', node: node.name, change });
    },
    onWarning: (text) => {
      warnings.push(text);
      deps.events.emit({ type: 'warning', node: node.name, text });
    },
    onWaiting: (forWhat) => deps.events.emit({ type: 'job-waiting', node: node.name, for: forWhat }),
  };
  const { inside } = deps.session;
  const { name: job, withinMs } = node;
  const { clock, signal: outer } = deps;
  const carryOut = async (signal: AbortSignal): Promise<void> => {
    if (inside) await inside.runJob(job, listeners, signal);
    else await runJob(await deps.jobOf(node.job), { withinMs, clock, signal, ...listeners });
  };
  await withDeadline({ job, withinMs, clock, signal: outer }, (signal) =>
    Promise.race([carryOut(signal), endedUnder(node, deps.session)]),
  );
};

/** The node whose failure closes this gate for ever; undefined when the gate holds. */
const blockedBy = async (gate: Gate, runs: ReadonlyMap<string, NodeRun>): Promise<string | undefined> => {
  const other = runs.get(gate.node);
  if (!other)
    throw new ChatopsError('GRAPH_UNKNOWN_NODE', { what: `a gate names "${gate.node}", which is not in the stack` });
  const holds = gate.until === 'started' ? await other.started : isGood(await other.finished);
  return holds ? undefined : gate.node;
};

/** Of the nodes that hold another back, one that failed or that a failure held back; none where all were only interrupted. */
const failedAmong = async (
  names: readonly string[],
  runs: ReadonlyMap<string, NodeRun>,
): Promise<Pick<NodeOutcome, 'because'>> => {
  for (const name of names) {
    const outcome = await runs.get(name)?.finished;
    if (outcome?.result === 'failed' || outcome?.because !== undefined) return { because: name };
  }
  return {};
};

/** Undefined for a job, for a service that has ended, and when the run was interrupted: there is nothing to ask. */
const standingAfter = async (
  node: StackNode,
  { code }: ChatopsError,
  deps: ConvergeDeps,
): Promise<Standing | undefined> => {
  if (node.kind === 'job' || code === 'SERVICE_FAILED' || deps.signal.aborted) return undefined;
  try {
    return await standingOf(node, deps);
  } catch {
    // The failure itself is reported; what could not be learned about it is no second one.
    return undefined;
  }
};

const runNode = async (
  node: StackNode,
  runs: ReadonlyMap<string, NodeRun>,
  deps: ConvergeDeps,
  markStarted: (started: boolean) => void,
): Promise<NodeOutcome> => {
  const { clock, events } = deps;
  const base = { node: node.name, kind: node.kind } as const;
  events.emit({ type: 'node-waiting', node: node.name, for: node.gates.map((gate) => gate.node) });
  const blockers = await Promise.all(node.gates.map((gate) => blockedBy(gate, runs)));
  const blocked = blockers.filter((blocker) => blocker !== undefined);
  if (blocked.length > 0 || deps.signal.aborted) {
    const because = await failedAmong(blocked, runs);
    events.emit({ type: 'node-skipped', node: node.name, ...because });
    return { ...base, result: 'skipped', tookMs: 0, changes: [], warnings: [], ...because };
  }
  const startedAt = clock.now();
  const changes: Change[] = [];
  const warnings: string[] = [];
  try {
    if (node.kind === 'service') {
      const { detail, caution } = await runService(node, runs, deps, () => markStarted(true));
      if (caution !== undefined) {
        warnings.push(caution);
        events.emit({ type: 'warning', node: node.name, text: caution });
      }
      const tookMs = clock.now() - startedAt;
      events.emit({ type: 'node-ready', node: node.name, tookMs, ...(detail === undefined ? {} : { detail }) });
      return { ...base, result: 'ready', tookMs, changes, warnings, ...(detail === undefined ? {} : { detail }) };
    }
    await runJobNode(node, deps, changes, warnings, () => markStarted(true));
    const tookMs = clock.now() - startedAt;
    events.emit({ type: 'node-done', node: node.name, changes: changes.length, tookMs });
    return { ...base, result: 'done', tookMs, changes, warnings };
  } catch (thrown) {
    const tookMs = clock.now() - startedAt;
    if (deps.signal.aborted) {
      events.emit({ type: 'node-stopped', node: node.name });
      return { ...base, result: 'stopped', tookMs, changes, warnings };
    }
    if (thrown instanceof LostBackEnd) {
      events.emit({ type: 'node-skipped', node: node.name, because: thrown.node });
      return { ...base, result: 'skipped', tookMs, changes, warnings, because: thrown.node };
    }
    const error = toChatopsError(thrown);
    const [diagnosis, standing] = await Promise.all([diagnosed(node, error, deps), standingAfter(node, error, deps)]);
    events.emit({ type: 'node-failed', node: node.name, error, ...(diagnosis ? { diagnosis } : {}) });
    return {
      ...{ ...base, result: 'failed', tookMs, changes, warnings, error },
      ...(standing ? { standing } : {}),
      ...(diagnosis ? { diagnosis } : {}),
    };
  }
};

const walk = async (nodes: readonly StackNode[], deps: ConvergeDeps): Promise<readonly NodeOutcome[]> => {
  const runs = new Map<string, NodeRun>();
  let begin: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  for (const node of nodes) {
    let markStarted: (started: boolean) => void = () => undefined;
    const started = new Promise<boolean>((resolve) => {
      markStarted = resolve;
    });
    const finished = begun.then(() => runNode(node, runs, deps, markStarted));
    // A node that ends without having started must not leave "until started" gates waiting.
    finished.then(
      () => markStarted(false),
      () => markStarted(false),
    );
    runs.set(node.name, { started, finished });
  }
  begin();
  return Promise.all([...runs.values()].map(({ finished }) => finished));
};

export interface Converged {
  /** In the order of the nodes. */
  readonly outcomes: readonly NodeOutcome[];
  /** Services that were created, replaced or removed. */
  readonly services: readonly ServiceStep[];
}

/**
 * Never rejects for a node that failed: its outcome says so. Services the stack no longer wants run until the jobs
 * are done (a member leaves its set before its process goes) and are removed only when everything else was reached.
 */
export const converge = async (nodes: readonly StackNode[], deps: ConvergeDeps): Promise<Converged> => {
  const seen = await deps.session.observe();
  const wanted = servicesOf({ nodes });
  const steps = reconcileServices(
    wanted.map((service) => ({ service, fingerprint: deps.session.fingerprint(service) })),
    seen,
  );
  const leaving = steps.filter(({ action }) => action === 'delete');
  await Promise.all(leaving.map(({ service }) => deps.session.wake(service, 'run', deps.signal)));
  const outcomes = await walk(nodes, deps);
  const reached = isReached(outcomes);
  if (reached) for (const { service } of leaving) await deps.session.remove(service);
  const skipped = new Set(outcomes.filter(({ result }) => result === 'skipped').map(({ node }) => node));
  const services = steps.filter(({ action, service }) => (action === 'delete' ? reached : !skipped.has(service)));
  return { outcomes, services };
};
