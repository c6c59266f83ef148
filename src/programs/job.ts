/**
 * Runs one job of the stack inside its network, as the one-shot services of compose.yaml do: names are addresses,
 * secrets come from the environment, what the job remembers is in `.chatops`.
 */
import { createFiles } from '../adapters/files.ts';
import type { JobTable } from '../contracts/part.ts';
import type { Ports } from '../contracts/ports.ts';
import { runJob } from '../engine/run-job.ts';
import { EXIT } from '../errors/catalogue.ts';
import { type JobLine, jobLine } from '../prober/job-lines.ts';
import { eventLine } from '../report/event-line.ts';
import { JOBS_FILE } from '../stack/names.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { createJob, loadJobs } from '../wiring/jobs.ts';
import { keptInside } from '../wiring/kept-inside.ts';
import { portsInside } from '../wiring/ports-inside.ts';
import { findJob, type TabledJob } from './job-table.ts';
import { partsHere } from './parts-here.ts';

export interface JobOptions {
  readonly name: string;
}

interface Hands {
  readonly ports: Ports;
  readonly jobs: JobTable;
}

const carryOut = async (
  node: TabledJob,
  { ports, jobs }: Hands,
  signal: AbortSignal,
  report: (line: JobLine) => void,
) => {
  const { name } = node;
  report({ type: 'node-started', node: name, kind: 'job' });
  const { changes, tookMs } = await runJob(createJob(jobs, node.job, ports), {
    withinMs: node.withinMs,
    clock: ports.clock,
    signal,
    onChange: (change) => report({ type: 'change', node: name, change }),
    onWarning: (text) => report({ type: 'warning', node: name, text }),
    onWaiting: (forWhat) => report({ type: 'job-waiting', node: name, for: forWhat }),
  });
  const proof = await ports.proofs.read(name);
  if (proof) report({ type: 'proof', node: name, proof });
  report({ type: 'node-done', node: name, changes: changes.length, tookMs });
};

/** For people: what a run reports of its jobs; undefined for what only the engine reads. */
const textOf = (line: JobLine): string | undefined =>
  'node' in line && line.type !== 'proof' ? eventLine(line) : undefined;

/** @throws ChatopsError USAGE (no such job, no table of jobs), CONFLICT, GATE_TIMED_OUT, or what the job throws */
export const jobCommand = async (invocation: Invocation, { name }: JobOptions): Promise<number> => {
  const { dir, env, signal } = invocation;
  const report = (line: JobLine): void => {
    const text = invocation.json ? jobLine(line) : textOf(line);
    if (text !== undefined) invocation.out(`${text}\n`);
  };
  const node = findJob(await createFiles(dir).read(JOBS_FILE), name, dir);
  const parts = await partsHere();
  const ports = await portsInside({
    parts,
    env,
    names: 'network',
    warn: (text) => report({ type: 'warning', node: name, text }),
    ...keptInside(dir),
  });
  await carryOut(node, { ports, jobs: await loadJobs(parts) }, signal, report);
  return EXIT.ok;
};
