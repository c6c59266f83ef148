import type { EngineSession } from '../contracts/engine.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { JobNode } from '../stack/stack.ts';

/**
 * Rejects when a service that the job works on ends for good meanwhile: what the job waits for can come no more, however
 * long its own deadline. Never resolves.
 */
export const endedUnder = async (
  { name, gates }: JobNode,
  { crashed }: Pick<EngineSession, 'crashed'>,
): Promise<never> => {
  const services = gates.filter(({ until }) => until === 'usable').map(({ node }) => node);
  const [service, reason] = await Promise.race(
    services.map(async (each): Promise<readonly [string, string]> => [each, await crashed(each)]),
  );
  throw new ChatopsError('SERVICE_FAILED', {
    what: `service ${service} ended while ${name} was at work`,
    why: reason,
    next: `read the last lines of ${service}; fix the named cause and run the command again`,
  });
};
