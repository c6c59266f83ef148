/** An engine for servers that somebody else runs: it starts and stops nothing, it only knows where they are. */

import type { Addresses } from '../../contracts/addresses.ts';
import type { Engine, EngineSession } from '../../contracts/engine.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';

export interface ReachedEngineOptions {
  readonly kind: Engine['kind'];
  /** For reports: `process 4711 runs it`. */
  readonly why: string;
  readonly addresses: Addresses;
}

const notOurs = (): never => {
  throw new ChatopsError('INTERNAL', { what: 'servers that are only looked at cannot be started or stopped' });
};

export const createReachedEngine = ({ kind, why, addresses }: ReachedEngineOptions): Engine => {
  const session: EngineSession = {
    addresses,
    observe: async () => new Map(),
    fingerprint: () => ({}),
    start: async () => notOurs(),
    wake: async () => true,
    remove: async () => notOurs(),
    crashed: () => new Promise<string>(() => undefined),
    played: () => [],
    close: async () => undefined,
  };
  return {
    kind,
    why,
    data: '',
    can: { endsWithUs: false, network: false },
    preflight: async () => [],
    down: async () => notOurs(),
    open: async () => session,
  };
};
