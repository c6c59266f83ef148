/** The three questions about a service: their defaults, and what is asked where. Pure. */
import type { ProbeSpec, Questions, ServiceNode } from './stack.ts';

/** From below: what holds takes those before it for granted. */
export const QUESTIONS = ['alive', 'ready', 'usable'] as const satisfies readonly (keyof Questions)[];
export type Question = (typeof QUESTIONS)[number];

/** Whether it does what it is for, where services are containers: asked by its gate, and in the table of probes. */
export const healthOf = ({ health, usable }: Pick<ServiceNode, 'health' | 'usable'>): ProbeSpec => health ?? usable;

/** The same inside its own container. */
export const healthcheckOf = (service: Pick<ServiceNode, 'health' | 'usable' | 'healthcheck'>): ProbeSpec =>
  service.healthcheck ?? healthOf(service);

type Lively = Pick<ServiceNode, 'name' | 'alive'> & { readonly container: Pick<ServiceNode['container'], 'listens'> };

/**
 * Undefined for a service that says nothing of it and listens nowhere: an orchestrator must not ask `usable` instead, or
 * it would kill for the fault of others.
 */
export const aliveOf = ({ name, alive, container }: Lively): ProbeSpec | undefined => {
  const [port] = container.listens;
  return alive ?? (port === undefined ? undefined : { what: 'tcp', endpoint: { service: name, port } });
};

type Asked = Lively & Pick<ServiceNode, 'ready' | 'usable' | 'health'>;

/** @param where as seen by others in a network of containers, or by this process where servers are played */
export const questionsOf = (
  service: Asked,
  where: 'containers' | 'played',
): { readonly [Q in Question]: ProbeSpec | undefined } & { readonly usable: ProbeSpec } => {
  const usable = where === 'containers' ? healthOf(service) : service.usable;
  return { alive: aliveOf(service), ready: service.ready ?? usable, usable };
};

/** Whatever may be asked of it from elsewhere than its own container. */
export const allQuestions = (service: Asked): readonly ProbeSpec[] =>
  [service.usable, healthOf(service), aliveOf(service), service.ready].filter((spec) => spec !== undefined);
