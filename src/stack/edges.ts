/**
 * Who has to reach whom: read out of the graph, so that a new service needs no line here. Pure.
 * A service needs what its own HEALTHCHECK asks, what the jobs worked on that it waited for, the back ends that its
 * readiness shows through, and what it says it calls. A job needs the addresses that it names. Who asks for those
 * outside (the prober) needs all that is asked, and what every job needs: it looks at what a job would do.
 */
import { endpointsOf, type ProbeKinds } from '../contracts/probe-kinds.ts';
import { allQuestions, healthcheckOf } from './questions.ts';
import type { Endpoint, JobNode, ProbeSpec, ServiceNode, StackNode } from './stack.ts';

export interface Edge {
  /** A service or a job. */
  readonly from: string;
  /** A service, or one of its other names. */
  readonly to: Endpoint;
  /** Why it is needed, in words that follow "as". */
  readonly because: string;
}

/** A container's own: no way leads there from another one. */
export const LOOPBACK = '127.0.0.1';

/** A graph, and the kinds of the questions that are asked in it. */
export interface Questioned {
  readonly nodes: readonly StackNode[];
  readonly probes: ProbeKinds;
}

/** Addresses that a question asks. */
type Asked = (spec: ProbeSpec) => readonly Endpoint[];

const isService = (node: StackNode): node is ServiceNode => node.kind === 'service';
const isJob = (node: StackNode): node is JobNode => node.kind === 'job';

/** Nobody asks what is not there yet, whatever address it will have. */
const isNew = (value: object): boolean => 'isNew' in value && value.isNew === true;

/** Every address inside the network that a job names, at any depth. */
const endpointsIn = (value: unknown): readonly Endpoint[] => {
  if (typeof value !== 'object' || value === null || isNew(value)) return [];
  if ('service' in value && typeof value.service === 'string' && 'port' in value && typeof value.port === 'number') {
    return [{ service: value.service, port: value.port }];
  }
  return Object.values(value).flatMap(endpointsIn);
};

/** Every URL that a job asks, at any depth: an HTTP target's, and the address that users type. */
const urlsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null || isNew(value)) return [];
  const own = [
    'publicUrl' in value ? value.publicUrl : undefined,
    'kind' in value && value.kind === 'url' && 'url' in value ? value.url : undefined,
  ];
  return [...own.flatMap((url) => (typeof url === 'string' ? [url] : [])), ...Object.values(value).flatMap(urlsIn)];
};

const ownQuestions = (service: ServiceNode, asked: Asked): readonly Edge[] =>
  asked(healthcheckOf(service)).map((to) => ({ from: service.name, to, because: 'its HEALTHCHECK asks it' }));

/** One with untrusted code in it gets no way to what a job has set up: only to what it calls. */
const afterJobs = (service: ServiceNode, jobs: readonly JobNode[]): readonly Edge[] =>
  (service.strangers === 'inside' ? [] : service.gates)
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
    .flatMap(({ usable }) => asked(usable))
    .map((to) => ({ from: name, to, because: 'it passes requests on to it' }));

const ownCalls = ({ name, calls = [] }: ServiceNode): readonly Edge[] =>
  calls.map(({ to, because }) => ({ from: name, to, because }));

/** Public addresses of our own front door that a job goes to. */
const publicNamesOf = ({ job }: JobNode, aliases: ReadonlySet<string>): readonly Endpoint[] =>
  urlsIn(job).flatMap((text) => {
    if (!URL.canParse(text)) return [];
    const { hostname, port, protocol } = new URL(text);
    if (!aliases.has(hostname)) return [];
    return [{ service: hostname, port: Number(port) || (protocol === 'https:' ? 443 : 80) }];
  });

/** Every name of a service beside its own. */
const aliasesIn = (services: readonly ServiceNode[]): ReadonlySet<string> =>
  new Set(services.flatMap(({ container }) => container.aliases));

const ofJob = (job: JobNode, aliases: ReadonlySet<string>): readonly Edge[] => [
  ...endpointsIn(job.job).map((to) => ({ from: job.name, to, because: 'it works there' })),
  ...publicNamesOf(job, aliases).map((to) => ({ from: job.name, to, because: 'it goes through the public address' })),
];

const asksForAll = (prober: ServiceNode, services: readonly ServiceNode[], asked: Asked): readonly Edge[] =>
  services
    .flatMap((service) => allQuestions(service).flatMap(asked))
    .map((to) => ({ from: prober.name, to, because: 'it asks the probes of all' }));

/** It runs where jobs do, and looks at what each of them would change. */
const looksForJobs = (prober: ServiceNode, jobs: readonly JobNode[], aliases: ReadonlySet<string>): readonly Edge[] =>
  jobs.flatMap((job) => [
    ...publicNamesOf(job, aliases).map((to) => ({
      ...{ from: prober.name, to },
      because: `${job.name} goes through the public address`,
    })),
    ...endpointsIn(job.job).map((to) => ({ from: prober.name, to, because: `it looks at what ${job.name} would do` })),
  ]);

export const keyOf = ({ service, port }: Endpoint): string => `${service}:${port}`;

/** Each way once, with the first reason for it. */
export const neededEdges = ({ nodes, probes }: Questioned): readonly Edge[] => {
  const asked: Asked = (spec) => endpointsOf(probes, spec).filter(({ service }) => service !== LOOPBACK);
  const [services, jobs] = [nodes.filter(isService), nodes.filter(isJob)];
  const aliases = aliasesIn(services);
  const edges = [
    ...services.flatMap((service) => [
      ...afterJobs(service, jobs),
      ...backEnds(service, services, asked),
      ...ownQuestions(service, asked),
    ]),
    ...services.flatMap(ownCalls),
    ...services
      .filter(({ reachesInside }) => reachesInside)
      .flatMap((prober) => [...asksForAll(prober, services, asked), ...looksForJobs(prober, jobs, aliases)]),
    ...jobs.flatMap((job) => ofJob(job, aliases)),
  ];
  const once = new Map<string, Edge>();
  for (const edge of edges) {
    const key = `${edge.from} ${keyOf(edge.to)}`;
    if (!once.has(key)) once.set(key, edge);
  }
  return [...once.values()];
};

/** The service behind a name: itself, or the one that bears it as an alias. */
export const ownerOf = (name: string, nodes: readonly StackNode[]): string =>
  nodes.filter(isService).find(({ container }) => container.aliases.includes(name))?.name ?? name;

/** The services that a job names the addresses of, inside the network or through the front door. */
export const servicesNamedBy = (job: JobNode, nodes: readonly StackNode[]): readonly ServiceNode[] => {
  const services = nodes.filter(isService);
  const named = new Set(ofJob(job, aliasesIn(services)).map(({ to }) => ownerOf(to.service, nodes)));
  return services.filter(({ name }) => named.has(name));
};
