/** Stack × world → Plan. Looks at everything, changes nothing. */

import type { ObservedService } from '../contracts/engine.ts';
import type { Decision, Job } from '../contracts/job.ts';
import type { Probe } from '../contracts/probe.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { servicesOf } from '../stack/services-of.ts';
import type { JobNode, JobSpec, ServiceNode, StackNode } from '../stack/stack.ts';
import { awaitGate } from './await-gate.ts';
import type { ConvergeDeps } from './converge.ts';
import type { FileStep, JobPlan, Plan } from './plan.ts';
import { readinessOf } from './readiness.ts';
import { reconcileServices } from './reconcile.ts';
import { lookedAtWithout, servicesAsked, servicesBehind } from './services-behind.ts';
import { absent, describeStanding, type Standing, standingOf, usableBut } from './standing.ts';

/** A service that runs is given this long to answer before its jobs are planned as for a new one, ms. */
const LOOK_WITHIN_MS = 10_000;
/** One that was started only to be looked at is still booting: on a busy machine that takes its time, ms. */
const STARTED_WITHIN_MS = 60_000;

type PlanDeps = Omit<ConvergeDeps, 'events'>;

/**
 * What runs is as it was, or some of it is as it is to be already: files are made for the stack that is wanted, also for
 * a server that was started with another one. Either can be looked at.
 */
const asItWasOrIsToBe = (service: ServiceNode, { usable }: ObservedService, deps: PlanDeps): Probe => {
  const wanted = deps.probeOf(readinessOf(service, deps.session));
  if (usable === undefined) return wanted;
  const recorded = deps.probeOf(usable);
  return {
    id: wanted.id,
    ask: async (signal) => {
      const answer = await recorded.ask(signal);
      if (answer.kind === 'ready') return answer;
      const other = await wanted.ask(signal);
      return other.kind === 'ready' ? other : answer;
    },
  };
};

const createLook = (deps: PlanDeps, nodes: readonly StackNode[], seen: ReadonlyMap<string, ObservedService>) => {
  const looks = new Map<string, Promise<Standing>>();
  const look = async (service: ServiceNode): Promise<Standing> => {
    const found = seen.get(service.name);
    if (!found) return absent(`there is no ${service.name} yet`);
    // What has to be started first is started in the order of the gates: a server gives up that waits for its database too long.
    if (!found.running) await Promise.all(servicesBehind(service, nodes).map(lookOnce));
    if (!(await deps.session.wake(service.name, 'look', deps.signal))) return absent(`${service.name} is not running`);
    try {
      const { caution } = await awaitGate(asItWasOrIsToBe(service, found, deps), {
        name: service.name,
        withinMs: Math.min(found.running ? LOOK_WITHIN_MS : STARTED_WITHIN_MS, service.readyWithinMs),
        clock: deps.clock,
        signal: deps.signal,
      });
      return usableBut(caution);
    } catch (thrown) {
      deps.signal.throwIfAborted();
      if (!(thrown instanceof ChatopsError)) throw thrown;
      // It answers what it was started for, not what it is to become.
      const { usable = readinessOf(service, deps.session) } = found;
      return standingOf({ ...service, usable, health: usable }, deps);
    }
  };
  /** Each is looked at once. */
  const lookOnce = (service: ServiceNode): Promise<Standing> => {
    const known = looks.get(service.name) ?? look(service);
    looks.set(service.name, known);
    return known;
  };
  return lookOnce;
};

const whyUnseen = ({ name }: ServiceNode, standing: Standing): string | undefined => {
  if (standing.usable.answer === 'yes') return undefined;
  return standing.absent ?? `${name} is ${describeStanding(standing)}`;
};

/**
 * Why a job's servers cannot be asked; undefined when they can. One service of a role is enough: a set that is to
 * get one more member can be read although that member is not there yet.
 */
const whyRolesUnseen = async (
  services: readonly ServiceNode[],
  standing: (service: ServiceNode) => Promise<Standing>,
): Promise<string | undefined> => {
  const reasons = await Promise.all(
    services.map(async (service) => ({ role: service.role, why: whyUnseen(service, await standing(service)) })),
  );
  const answering = new Set(reasons.filter(({ why }) => why === undefined).map(({ role }) => role));
  return reasons.find(({ role }) => !answering.has(role))?.why;
};

/** How a job is looked at: as what, and whether its servers can be asked. */
interface JobLook {
  readonly spec: JobSpec;
  readonly unseen: string | undefined;
  /** What it asks is all outside the stack. */
  readonly outside: boolean;
}

/** What is not there yet can be taken for new where the job says what it is then. */
const jobLook = async (
  node: JobNode,
  nodes: readonly StackNode[],
  seen: ReadonlyMap<string, ObservedService>,
  standing: (service: ServiceNode) => Promise<Standing>,
): Promise<JobLook> => {
  const missing = lookedAtWithout(node, nodes, new Set(seen.keys()));
  const { spec, asked } = missing ?? { spec: node.job, asked: servicesAsked(node, nodes) };
  return { spec, unseen: await whyRolesUnseen(asked, standing), outside: missing?.asked.length === 0 };
};

/** Of a job whose code a change of the stack, or of the version, has only just brought. */
const NOT_KNOWN_INSIDE =
  'what runs in the network was started without this job or is of another version, and is started anew first';

interface Decided {
  readonly decision: Decision;
  readonly unseen: string | undefined;
}

/** Whoever asks it from inside may not run yet; from here it may be out of reach. */
const decideOutside = async (job: Job, signal: AbortSignal): Promise<Decided> => {
  try {
    return { decision: job.decide(await job.observe(signal)), unseen: undefined };
  } catch (thrown) {
    if (!(thrown instanceof ChatopsError) || thrown.code !== 'UNREACHABLE') throw thrown;
    return { decision: job.decide(job.blank()), unseen: thrown.message };
  }
};

const decide = async (
  name: string,
  { spec, unseen, outside }: JobLook,
  { session, signal, jobOf }: PlanDeps,
): Promise<Decided> => {
  if (unseen === undefined && session.inside) {
    const decision = await session.inside.decideJob(name, signal, spec);
    if (decision !== undefined) return { decision, unseen };
  }
  const job = await jobOf(spec);
  if (unseen === undefined && outside) return decideOutside(job, signal);
  if (unseen === undefined && !session.inside) return { decision: job.decide(await job.observe(signal)), unseen };
  return { decision: job.decide(job.blank()), unseen: unseen ?? NOT_KNOWN_INSIDE };
};

const planJob = async (node: JobNode, looked: JobLook, deps: PlanDeps): Promise<JobPlan> => {
  const { decision, unseen } = await decide(node.name, looked, deps);
  return {
    job: node.name,
    changes: decision.changes,
    conflicts: decision.conflicts,
    warnings: decision.warnings,
    ...(unseen === undefined ? {} : { unseen }),
  };
};

/** What is there now, and what would be done about it. */
export interface Look {
  readonly plan: Plan;
  /** Service → what it answers now. */
  readonly services: ReadonlyMap<string, Standing>;
}

const lookAtAll = async (nodes: readonly StackNode[], files: readonly FileStep[], deps: PlanDeps): Promise<Look> => {
  const seen = await deps.session.observe();
  const services = servicesOf({ nodes });
  const steps = reconcileServices(
    services.map((service) => ({ service, fingerprint: deps.session.fingerprint(service) })),
    seen,
  );
  // What is left over may still hold data a job has to move away from first (a member of a replica set).
  const wanted = new Set(services.map(({ name }) => name));
  const leftOver = [...seen.keys()].filter((name) => !wanted.has(name));
  await Promise.all(leftOver.map((name) => deps.session.wake(name, 'look', deps.signal)));
  const standing = createLook(deps, nodes, seen);
  const jobs = await Promise.all(
    nodes
      .filter((node): node is JobNode => node.kind === 'job')
      .map(async (node) => planJob(node, await jobLook(node, nodes, seen, standing), deps)),
  );
  const answers = await Promise.all(services.map(async (service) => [service.name, await standing(service)] as const));
  return { plan: { files, services: steps, jobs }, services: new Map(answers) };
};

/** @throws ChatopsError when a server that is ready cannot be read (wrong password, missing right) */
export const look = async (nodes: readonly StackNode[], files: readonly FileStep[], deps: PlanDeps): Promise<Look> => {
  const stop = new AbortController();
  try {
    return await lookAtAll(nodes, files, { ...deps, signal: AbortSignal.any([deps.signal, stop.signal]) });
  } finally {
    // After a failure nobody wants the answers of the others.
    stop.abort();
  }
};
