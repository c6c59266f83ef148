/** What a job would do, answered by the prober: it looks with what it is handed and writes nothing. */
import { createSecrets } from '../adapters/secrets.ts';
import type { Part } from '../contracts/part.ts';
import { type Ports, withClients } from '../contracts/ports.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Decided, JobQuestion } from '../prober/probe-lines.ts';
import { Secret } from '../values/secret.ts';
import { createJob, loadJobs } from '../wiring/jobs.ts';
import { onlyRead } from '../wiring/kept-inside.ts';
import { withContracts } from '../wiring/with-contracts.ts';

const refuse = async (): Promise<never> => {
  throw new ChatopsError('INTERNAL', { what: 'a job that is only decided on wanted to write a file' });
};

/**
 * @param dir the stack directory as jobs see it; what they remember is mounted there, read-only
 * @throws ChatopsError what the job's observation throws
 */
export const decideJob = async (
  { job: spec, secrets, files: handed }: JobQuestion,
  ports: Ports,
  dir: string,
  parts: readonly Part[],
  signal: AbortSignal,
): Promise<Decided> => {
  const jobs = await loadJobs(parts);
  if (!Object.hasOwn(jobs, spec.job)) return { kind: 'unknown' };
  const { proofs, hookPlaces, kept } = onlyRead(dir, async (path) => handed[path], refuse);
  const job = createJob(
    jobs,
    spec,
    withContracts(
      {
        ...withClients(ports, ...kept),
        secrets: createSecrets(new Map(Object.entries(secrets).map(([name, value]) => [name, new Secret(value)]))),
        proofs,
        hookPlaces,
      },
      parts,
    ),
  );
  const decision = job.decide(await job.observe(signal));
  const proof = typeof spec.proof === 'string' ? await proofs.read(spec.proof) : undefined;
  return { kind: 'decided', decision, ...(proof === undefined ? {} : { proof }) };
};
