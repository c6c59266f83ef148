/**
 * What a healthy stack costs while nothing happens: the prober's container whole, and of every other container what its
 * HEALTHCHECK takes. A HEALTHCHECK runs in the container's control group beside the service, so it is what the group has
 * used less what the service's own processes have. Docker's own part (daemon, containerd, runc) is shown and not judged.
 */
import { readdirSync, readFileSync } from 'node:fs';
import Docker from 'dockerode';
import { containersOf, type Inspected } from './programs.ts';

/** Ticks a second in /proc (USER_HZ), on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

interface Process {
  readonly parent: number;
  readonly name: string;
  /** Of itself and of its children that have ended, ms. */
  readonly usedMs: number;
}

const readProcess = (pid: string): Process | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    // proc(5): after the name come state, ppid, …; utime is the 14th field of all, then stime, cutime, cstime.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const ticks = [11, 12, 13, 14].reduce((sum, at) => sum + Number(fields[at]), 0);
    return { parent: Number(fields[1]), name, usedMs: (ticks * 1_000) / TICKS_PER_SECOND };
  } catch {
    // It has ended between the two looks.
    return undefined;
  }
};

const processes = (): ReadonlyMap<number, Process> =>
  new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const found = readProcess(name);
        return found ? [[Number(name), found] as const] : [];
      }),
  );

/** A service's first process and all that came of it; what Docker runs beside it is a child of Docker's. */
const treeMs = (root: number, all: ReadonlyMap<number, Process>): number => {
  const children = [...all].filter(([, { parent }]) => parent === root);
  return (all.get(root)?.usedMs ?? 0) + children.reduce((sum, [pid]) => sum + treeMs(pid, all), 0);
};

interface Reading {
  readonly atMs: number;
  /** Service → used by its control group, and by its own processes, ms. */
  readonly containers: ReadonlyMap<string, { readonly groupMs: number; readonly ownMs: number }>;
  readonly dockerMs: number;
}

const DOCKER = /^(dockerd|containerd|containerd-shim)/;

const read = async (docker: Docker, containers: readonly Inspected[]): Promise<Reading> => {
  const groups = await Promise.all(
    containers.map(async ({ id }) => {
      const stats = await docker.getContainer(id).stats({ stream: false, 'one-shot': true });
      return stats.cpu_stats.cpu_usage.total_usage / 1e6;
    }),
  );
  const all = processes();
  return {
    atMs: performance.now(),
    containers: new Map(
      containers.map(({ service, pid }, index) => [service, { groupMs: groups[index] ?? 0, ownMs: treeMs(pid, all) }]),
    ),
    dockerMs: [...all.values()].filter(({ name }) => DOCKER.test(name)).reduce((sum, { usedMs }) => sum + usedMs, 0),
  };
};

export interface Steady {
  readonly seconds: number;
  /** Parts of one core: 0.01 is one per cent. */
  readonly prober: number;
  readonly healthchecks: Readonly<Record<string, number>>;
  readonly total: number;
  /** Everything that runs on this engine, and the ends of all HEALTHCHECKs: not this stack alone. */
  readonly docker: number;
}

/** @throws Error when a container of the stack does not run */
export const measureSteady = async (project: string, seconds: number): Promise<Steady> => {
  const docker = new Docker();
  const running = (await containersOf(project)).filter(({ pid }) => pid > 0);
  if (running.length === 0) throw new Error(`nothing of ${project} runs`);
  const before = await read(docker, running);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const after = await read(docker, running);
  const spanMs = after.atMs - before.atMs;
  const part = (service: string, of: 'group' | 'checks'): number => {
    const from = before.containers.get(service);
    const to = after.containers.get(service);
    if (!from || !to) throw new Error(`${service} was not measured`);
    const group = to.groupMs - from.groupMs;
    return (of === 'group' ? group : Math.max(0, group - (to.ownMs - from.ownMs))) / spanMs;
  };
  const others = running.map(({ service }) => service).filter((service) => service !== 'prober');
  const prober = part('prober', 'group');
  const healthchecks = Object.fromEntries(others.map((service) => [service, part(service, 'checks')]));
  return {
    seconds,
    prober,
    healthchecks,
    total: prober + Object.values(healthchecks).reduce((sum, each) => sum + each, 0),
    docker: (after.dockerMs - before.dockerMs) / spanMs,
  };
};
