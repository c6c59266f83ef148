/** What makes a played service "the same as before": digests of its container's aspects. No secret value goes in. */
import { createHash } from 'node:crypto';
import type { Fingerprint } from '../../contracts/engine.ts';
import type { ServiceNode } from '../../stack/stack.ts';

/** Keys sorted at every depth, so that equal things read equal. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
};

const digest = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(canonical(value)))
    .digest('hex')
    .slice(0, 12);

export const fingerprintOf = ({ container }: ServiceNode): Fingerprint => ({
  image: container.image,
  command: digest(container.command ?? []),
  environment: digest(container.environment),
  ports: digest(container.publishes),
  mounts: digest(container.volumes),
});
