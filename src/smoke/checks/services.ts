/** Each service by its own readiness; what the bot and the front door need is asked link by link elsewhere. */

import { type Check, type CheckDeps, leftOut, PATIENCE_MS, passed } from '../../contracts/check.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ServiceNode } from '../../stack/stack.ts';

const check = (service: ServiceNode, { wake, ask, inside }: CheckDeps): Check => ({
  area: 'services',
  name: service.name,
  run: async (signal) => {
    if (!inside) return leftOut("it can be asked inside the stack's network only");
    const why = await wake(service, signal);
    if (why !== undefined) {
      throw new ChatopsError('SERVICE_FAILED', { what: why, next: 'run `chatops-up up`' });
    }
    // What it is ready through is asked for link by link elsewhere.
    if (service.provenElsewhere) return passed('runs');
    return passed(await ask(service.usable, service.name, PATIENCE_MS, signal));
  },
});

export const serviceChecks = (deps: CheckDeps): readonly Check[] =>
  deps.services.map((service) => check(service, deps));
