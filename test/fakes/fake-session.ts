import type { EngineSession, ObservedService } from '../../src/contracts/engine.ts';
import type { ServiceNode } from '../../src/stack/stack.ts';

export interface FakeSession extends EngineSession {
  /** In order: `start mongo`, `wake old run`, `remove old`. */
  readonly calls: string[];
  crash(name: string, reason: string): void;
}

/** An engine that only notes what it is asked; `existing` are the services it already knows, by image. */
export const createFakeSession = (existing: Readonly<Record<string, string>> = {}): FakeSession => {
  const calls: string[] = [];
  const crashes = new Map<string, { promise: Promise<string>; report: (reason: string) => void }>();
  const crashOf = (name: string) => {
    const known = crashes.get(name);
    if (known) return known;
    let report: (reason: string) => void = () => undefined;
    const promise = new Promise<string>((resolve) => {
      report = resolve;
    });
    const made = { promise, report };
    crashes.set(name, made);
    return made;
  };
  return {
    calls,
    addresses: { resolve: ({ service, port }) => ({ host: service, port }) },
    fingerprint: (service: ServiceNode) => ({ image: service.container.image }),
    observe: async () =>
      new Map(
        Object.entries(existing).map(([name, image]): [string, ObservedService] => [
          name,
          { name, running: true, fingerprint: { image } },
        ]),
      ),
    start: async ({ name }) => void calls.push(`start ${name}`),
    wake: async (name, purpose) => {
      calls.push(`wake ${name} ${purpose}`);
      return name in existing;
    },
    remove: async (name) => void calls.push(`remove ${name}`),
    crashed: (name) => crashOf(name).promise,
    crash: (name, reason) => crashOf(name).report(reason),
    played: () => [],
    close: async () => void calls.push('close'),
  };
};
