/** Each service by its own readiness; what the bot and the front door need is asked link by link elsewhere. */
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ServiceNode } from '../../stack/stack.ts';
import { type Check, leftOut, passed } from '../check.ts';
import type { SmokeDeps } from '../deps.ts';

/** A service that has just been started again with its data is given this long, ms. */
export const PATIENCE_MS = 15_000;

const check = (service: ServiceNode, { wake, ask, inside }: SmokeDeps): Check => ({
  area: 'services',
  name: service.name,
  run: async (signal) => {
    if (!inside) return leftOut("it can be asked inside the stack's network only");
    const why = await wake(service, signal);
    if (why !== undefined) {
      throw new ChatopsError('SERVICE_FAILED', { what: why, next: 'run `chatops-up up`' });
    }
    // Its answers are asked for through the virtual hosts.
    if (service.role === 'nginx' || service.role === 'bot') return passed('runs');
    return passed(await ask(service.ready, service.name, PATIENCE_MS, signal));
  },
});

export const serviceChecks = (deps: SmokeDeps): readonly Check[] =>
  deps.services.map((service) => check(service, deps));
