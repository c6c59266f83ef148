/**
 * The graphs that are measured: six services that need half a second each before they accept connections, one after the
 * other, or as a diamond. The graph, its rendering and its engine are the product's; only the services are ours.
 */

import { networksOf } from '../../src/stack/networks.ts';
import type { Gate, ProbeSpec, ServiceNode, Stack } from '../../src/stack/stack.ts';
import { aConfig } from '../builders/config.ts';
import { stackOf } from '../builders/stack.ts';
import { house } from '../helpers/pieces.ts';

export const SHAPES = {
  /** a → b → c → d → e → f */
  chain: { a: [], b: ['a'], c: ['b'], d: ['c'], e: ['d'], f: ['e'] },
  /** a → b, c → d, e → f */
  diamond: { a: [], b: ['a'], c: ['a'], d: ['b', 'c'], e: ['b', 'c'], f: ['d', 'e'] },
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>;
export type Shape = keyof typeof SHAPES;

/** How long each server takes before it accepts connections, ms. */
export const SERVER_MS = 500;
const PORT = 8000;

/** Perl, as it is in every Debian: says when it begins to listen (ms since 1970), then answers 200 to everybody. */
const SERVER = [
  'use IO::Socket::INET; use Time::HiRes qw(time sleep); $| = 1; $SIG{TERM} = sub { exit 0 };',
  `sleep ${SERVER_MS / 1000};`,
  `my $server = IO::Socket::INET->new(Listen => 64, LocalPort => ${PORT}, ReuseAddr => 1) or die;`,
  'printf "listening %.3f\\n", time() * 1000;',
  'while (my $client = $server->accept) {',
  '  my $line = <$client>;',
  '  print $client "HTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n" if defined $line;',
  '  close $client;',
  '}',
].join(' ');

/** Half of them are asked over HTTP, half by a connection. */
const readiness = (service: string, index: number): ProbeSpec => {
  const endpoint = { service, port: PORT };
  if (index % 2 === 1) return { what: 'tcp', endpoint };
  return { what: 'http', target: { kind: 'service', endpoint }, path: '/', status: 200 };
};

const serviceOf = (name: string, after: readonly string[], index: number, image: string): ServiceNode => ({
  kind: 'service',
  name,
  role: 'bench',
  gates: after.map((node): Gate => ({ node, until: 'usable' })),
  usable: readiness(name, index),
  readyWithinMs: 60_000,
  needs: { memoryGib: 0.01, imageGib: 0.1 },
  container: {
    image,
    command: ['perl', '-e', SERVER],
    environment: {},
    listens: [PORT],
    publishes: {},
    volumes: [],
    aliases: [],
  },
});

/** @param images `server`: any with Perl; `tools`: ours */
export const benchStack = (
  shape: Shape,
  name: string,
  images: { readonly server: string; readonly tools: string },
): Stack => {
  const whole = stackOf(aConfig({ name, images: { tools: images.tools } }));
  const prober = whole.nodes.flatMap((node) =>
    node.kind === 'service' && node.role === 'prober'
      ? [{ ...node, container: { ...node.container, environment: {} } }]
      : [],
  );
  const services = Object.entries(SHAPES[shape]).map(([service, after], index) =>
    serviceOf(service, after, index, images.server),
  );
  const nodes = [...services, ...prober];
  // Of these nodes, not of those that they take the place of.
  return { ...whole, nodes, networks: networksOf({ name, nodes }, house.probes) };
};

/** The longest way through the graph, by what each service takes of its own. @param own service → ms */
export const criticalPath = (shape: Shape, own: ReadonlyMap<string, number>): number => {
  const after: Readonly<Record<string, readonly string[]>> = SHAPES[shape];
  const until = (service: string): number =>
    (own.get(service) ?? Number.NaN) + Math.max(0, ...(after[service] ?? []).map(until));
  return Math.max(...Object.keys(after).map(until));
};
