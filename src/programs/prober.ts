/**
 * Answers probes from inside the networks, to who holds its standard input, also what a job would do. The container's own
 * process answers nobody: it stays, so that this program can be run beside it.
 */
import { readFileSync } from 'node:fs';
import { createProbe } from '../contracts/probe-kinds.ts';
import { EXIT } from '../errors/catalogue.ts';
import { PROBER_PORT } from '../parts/prober/port.ts';
import { type AnswerOptions, answerQuestions } from '../prober/answer-questions.ts';
import { readProbeTable } from '../prober/probe-table.ts';
import { Secret } from '../values/secret.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { portsInside } from '../wiring/ports-inside.ts';
import { probeKindsOf } from '../wiring/probe-kinds.ts';
import { decideJob } from './decide-job.ts';
import { partsHere } from './parts-here.ts';
import { openPulse } from './pulse.ts';

const TABLE = '/etc/chatops/probes.json';

export interface ProberOptions {
  /** Serves its standard input and ends with it; else it only runs until it is stopped, with a pulse on the loopback. */
  readonly stdio: boolean;
  /** Default: where compose.yaml mounts it. */
  readonly table?: string;
  /** Default 9099. */
  readonly port?: number;
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

/** Runs until it is stopped. @throws ChatopsError PORT_TAKEN */
export const proberCommand = async (invocation: Invocation, options: ProberOptions): Promise<number> => {
  const { env, known, signal } = invocation;
  if (!options.stdio) {
    const pulse = await openPulse(options.port ?? PROBER_PORT);
    invocation.out('prober: running; questions are asked by `chatops-tools prober --stdio` beside this process\n');
    await ended(signal);
    await pulse.close();
    return EXIT.ok;
  }
  const warned = new Set<(text: string) => void>();
  const warn = (text: string): void => {
    for (const each of warned) each(text);
  };
  const parts = await partsHere();
  const ports = await portsInside({ env, names: 'network', warn, parts });
  const kinds = probeKindsOf(parts);
  const decide: AnswerOptions['decide'] = async (question, onWarning, stop) => {
    warned.add(onWarning);
    known.learn(Object.entries(question.secrets).map(([name, value]) => [name, new Secret(value)] as const));
    try {
      return await decideJob(question, ports, invocation.dir, parts, stop);
    } finally {
      warned.delete(onWarning);
    }
  };
  const { feed, end } = answerQuestions({
    probeOf: (spec) => createProbe(kinds, spec, ports),
    readinessOf: (service) => readProbeTable(readFileSync(options.table ?? TABLE, 'utf8')).get(service)?.usable,
    decide,
    write: invocation.out,
  });
  process.stdin.setEncoding('utf8').on('data', feed);
  const closed = new Promise<void>((resolve) => process.stdin.once('end', resolve));
  await Promise.race([closed, ended(signal)]);
  end();
  return EXIT.ok;
};
