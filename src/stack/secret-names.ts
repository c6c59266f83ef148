/** Which secrets a probe or a job reads: collected from the specification itself, so that none is forgotten. */
import type { JobSpec, ProbeSpec, SecretName } from './stack.ts';

const SECRET_KEYS: ReadonlySet<string> = new Set(['password', 'token', 'secret']);

const collect = (value: unknown, found: Set<string>): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (SECRET_KEYS.has(key) && typeof inner === 'string') found.add(inner);
    else collect(inner, found);
  }
};

/** Sorted, each once. */
export const secretNames = (...specs: readonly (JobSpec | ProbeSpec)[]): readonly SecretName[] => {
  const found = new Set<string>();
  for (const spec of specs) collect(spec, found);
  return [...found].sort();
};
