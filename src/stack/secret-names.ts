/** Which secrets a job reads: collected from its specification, so that none is forgotten. Probes: `secretsOf`. */
import type { JobSpec, SecretName } from './stack.ts';

const SECRET_KEYS: ReadonlySet<string> = new Set(['password', 'token', 'secret']);

const collect = (value: unknown, found: Set<string>): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (SECRET_KEYS.has(key) && typeof inner === 'string') found.add(inner);
    else collect(inner, found);
  }
};

/** Sorted, each once. */
export const secretNames = (...jobs: readonly JobSpec[]): readonly SecretName[] => {
  const found = new Set<string>();
  for (const job of jobs) collect(job, found);
  return [...found].sort();
};
