/**
 * Who has to reach whom: read out of the graph, so that a new service needs no line here. Pure.
 * A service needs what its own HEALTHCHECK asks, what the jobs worked on that it waited for, and the back ends that its
 * readiness shows through; members of a replica set need each other; a GitLab of ours calls the chat; the prober asks for all.
 */
import { endpointsOf, type ProbeKinds } from '../contracts/probe-kinds.ts';
import { healthOf } from '../stack/health.ts';
import type { Endpoint, JobNode, ProbeSpec, ServiceNode, StackNode } from '../stack/stack.ts';

export interface Edge {
  readonly from: string;
  /** A service, or one of its other names. */
  readonly to: Endpoint;
  /** Why it is needed, in words that follow "as". */
  readonly because: string;
}

/** A graph, and the kinds of the questions that are asked in it. */
export interface Questioned {
  readonly nodes: readonly StackNode[];
  readonly probes: ProbeKinds;
}

/** Addresses that a question asks. */
type Asked = (spec: ProbeSpec) => readonly Endpoint[];

const isService = (node: StackNode): node is ServiceNode => node.kind === 'service';
const isJob = (node: StackNode): node is JobNode => node.kind === 'job';

/** Every address inside the network that a job names, at any depth. */
const endpointsIn = (value: unknown): readonly Endpoint[] => {
  if (typeof value !== 'object' || value === null) return [];
  if ('service' in value && typeof value.service === 'string' && 'port' in value && typeof value.port === 'number') {
    return [{ service: value.service, port: value.port }];
  }
  return Object.values(value).flatMap(endpointsIn);
};

const ownQuestions = (service: ServiceNode, asked: Asked): readonly Edge[] =>
  asked(healthOf(service)).map((to) => ({ from: service.name, to, because: 'its HEALTHCHECK asks it' }));

const afterJobs = (service: ServiceNode, jobs: readonly JobNode[]): readonly Edge[] =>
  service.gates
    .filter(({ until }) => until === 'done')
    .flatMap(({ node }) => jobs.filter(({ name }) => name === node))
    .flatMap(({ name, job }) =>
      endpointsIn(job).map((to) => ({ from: service.name, to, because: `it works with what ${name} has set up` })),
    );

const backEnds = (
  { name, readyThrough = [] }: ServiceNode,
  services: readonly ServiceNode[],
  asked: Asked,
): readonly Edge[] =>
  services
    .filter((service) => readyThrough.includes(service.name))
    .flatMap(({ ready }) => asked(ready))
    .map((to) => ({ from: name, to, because: 'it passes requests on to it' }));

const ownCalls = ({ name, calls = [] }: ServiceNode): readonly Edge[] =>
  calls.map(({ to, because }) => ({ from: name, to, because }));

/** Jobs go to public addresses too; they run where the prober does. */
const publicNames = (
  prober: ServiceNode,
  jobs: readonly JobNode[],
  services: readonly ServiceNode[],
): readonly Edge[] => {
  const aliases = new Set(services.flatMap(({ container }) => container.aliases));
  return jobs.flatMap(({ name, job }) => {
    const url = typeof job.publicUrl === 'string' ? new URL(job.publicUrl) : undefined;
    if (url === undefined || !aliases.has(url.hostname)) return [];
    const port = Number(url.port) || (url.protocol === 'https:' ? 443 : 80);
    return [
      { from: prober.name, to: { service: url.hostname, port }, because: `${name} goes through the public address` },
    ];
  });
};

const asksForAll = (prober: ServiceNode, services: readonly ServiceNode[], asked: Asked): readonly Edge[] =>
  services
    .flatMap((service) => [...asked(service.ready), ...asked(healthOf(service))])
    .map((to) => ({ from: prober.name, to, because: 'it asks the probes of all' }));

export const keyOf = ({ service, port }: Endpoint): string => `${service}:${port}`;

/** Each way once, with the first reason for it. */
export const neededEdges = ({ nodes, probes }: Questioned): readonly Edge[] => {
  const asked: Asked = (spec) => endpointsOf(probes, spec);
  const [services, jobs] = [nodes.filter(isService), nodes.filter(isJob)];
  const names = new Set(services.map(({ name }) => name));
  const edges = [
    ...services.flatMap((service) => [
      ...afterJobs(service, jobs),
      ...backEnds(service, services, asked),
      ...ownQuestions(service, asked),
    ]),
    ...services.flatMap(ownCalls),
    ...services
      .filter(({ reachesInside }) => reachesInside)
      .flatMap((prober) => [...asksForAll(prober, services, asked), ...publicNames(prober, jobs, services)]),
  ].filter(({ from }) => names.has(from));
  const once = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from} ${keyOf(edge.to)}`;
    if (!once.has(key)) once.set(key, edge);
  }
  return [...once.values()];
};
