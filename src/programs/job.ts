/**
 * Runs one job of the stack inside its network, as the one-shot services of compose.yaml do: names are addresses,
 * secrets come from the environment, what the job remembers is in `.chatops`.
 */
import { createFiles } from '../adapters/files.ts';
import { createProofStore } from '../adapters/proofs.ts';
import type { Additions } from '../config/additions.ts';
import { loadConfig } from '../config/load.ts';
import { type Ports, provide } from '../contracts/ports.ts';
import { runJob } from '../engine/run-job.ts';
import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { createHookPlaces } from '../parts/gitlab/client/hook-places.ts';
import { RUNNER_CONFIG } from '../parts/gitlab-runner/runner-config.ts';
import { type JobLine, jobLine } from '../prober/job-lines.ts';
import { eventLine } from '../report/event-line.ts';
import { additionsOf } from '../stack/additions-of.ts';
import { buildStack } from '../stack/build-stack.ts';
import type { JobNode, Stack } from '../stack/stack.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { createJob, loadJobs } from '../wiring/jobs.ts';
import { PARTS } from '../wiring/parts.ts';
import { portsInside } from '../wiring/ports-inside.ts';
import { PROBE_KINDS } from '../wiring/probe-kinds.ts';
import { runnerConfigInside } from '../wiring/runner-config-inside.ts';
import { CONFIG_FILE, readConfigText } from '../wiring/stack-directory.ts';

export interface JobOptions {
  readonly name: string;
}

/** Only our own parts are in the image; what others add was judged where they are. */
const ADDITIONS: Additions = { ...additionsOf(PARTS), others: true };

const readStack = (dir: string): Stack => {
  const text = readConfigText(dir);
  if (text === undefined) throw new ChatopsError('CONFIG_MISSING', { what: `there is no ${CONFIG_FILE} in ${dir}` });
  return buildStack(loadConfig(text, CONFIG_FILE, ADDITIONS).config, { parts: PARTS, probes: PROBE_KINDS });
};

const findJob = ({ nodes }: Stack, name: string): JobNode => {
  const jobs = nodes.filter((node): node is JobNode => node.kind === 'job');
  const found = jobs.find((node) => node.name === name);
  if (found) return found;
  throw new ChatopsError('USAGE', {
    what: `this stack has no job ${name}`,
    why: `it has ${jobs.map((job) => job.name).join(', ')}`,
    next: 'name one of these',
  });
};

const carryOut = async (node: JobNode, ports: Ports, signal: AbortSignal, tell: (line: JobLine) => void) => {
  const { name } = node;
  tell({ type: 'node-started', node: name, kind: 'job' });
  const { changes, tookMs } = await runJob(createJob(await loadJobs(PARTS), node.job, ports), {
    withinMs: node.withinMs,
    clock: ports.clock,
    signal,
    onChange: (change) => tell({ type: 'change', node: name, change }),
    onWarning: (text) => tell({ type: 'warning', node: name, text }),
    onWaiting: (forWhat) => tell({ type: 'job-waiting', node: name, for: forWhat }),
  });
  const proof = await ports.proofs.read(name);
  if (proof) tell({ type: 'proof', node: name, proof });
  tell({ type: 'node-done', node: name, changes: changes.length, tookMs });
};

/** For people: what a run tells of its jobs; undefined for what only the engine reads. */
const textOf = (line: JobLine): string | undefined =>
  'node' in line && line.type !== 'proof' ? eventLine(line) : undefined;

/** @throws ChatopsError CONFIG_*, USAGE (no such job), CONFLICT, GATE_TIMED_OUT, or what the job throws */
export const jobCommand = async (invocation: Invocation, { name }: JobOptions): Promise<number> => {
  const { dir, env, signal } = invocation;
  const tell = (line: JobLine): void => {
    const text = invocation.json ? jobLine(line) : textOf(line);
    if (text !== undefined) invocation.out(`${text}\n`);
  };
  const node = findJob(readStack(dir), name);
  const files = createFiles(dir);
  const ports = await portsInside({
    env,
    names: 'network',
    warn: (text) => tell({ type: 'warning', node: name, text }),
    proofs: createProofStore(files),
    hookPlaces: createHookPlaces(files),
    kept: [
      provide(
        RUNNER_CONFIG,
        runnerConfigInside((path) => files.read(path)),
      ),
    ],
  });
  await carryOut(node, ports, signal, tell);
  return EXIT.ok;
};
