import type { EngineSession } from '../contracts/engine.ts';
import { healthOf } from '../stack/questions.ts';
import type { ProbeSpec, ServiceNode } from '../stack/stack.ts';

/** What the gate of a service asks: where services are containers the same as its HEALTHCHECK, so that both agree. */
export const readinessOf = (service: ServiceNode, { inside }: Pick<EngineSession, 'inside'>): ProbeSpec =>
  inside ? healthOf(service) : service.usable;
