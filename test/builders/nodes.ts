import type { Gate, JobNode, ServiceNode } from '../../src/stack/stack.ts';

export const gate = (node: string, until: Gate['until']): Gate => ({ node, until });

/** A service whose probe is recognised by the port it asks. */
export const aService = (name: string, gates: readonly Gate[] = [], rest: Partial<ServiceNode> = {}): ServiceNode => ({
  kind: 'service',
  name,
  role: 'rocketchat',
  gates,
  usable: { what: 'tcp', endpoint: { service: name, port: 1 } },
  readyWithinMs: 60_000,
  needs: { memoryGib: 0.1, imageGib: 0.1 },
  container: { image: 'image:1', environment: {}, listens: [1], publishes: {}, volumes: [], aliases: [] },
  ...rest,
});

export const aJob = (name: string, gates: readonly Gate[] = []): JobNode => ({
  kind: 'job',
  name,
  gates,
  job: { job: 'mongo-replica-set', set: name, members: [] },
  withinMs: 60_000,
});
