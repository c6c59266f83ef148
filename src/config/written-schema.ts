/**
 * What may be written in chatops.yaml. Everything may be left out; an unknown key is a problem.
 * The JSON Schema for editors is made from this, so every key says what it is for.
 * What belongs to a product is added by its part; cross-field rules stand in `rules/`, defaults in `defaults.ts`
 * (repeated here only as a note for editors).
 */
import { z } from 'zod';
import * as names from '../values/names.ts';
import type { Additions } from './additions.ts';
import * as defaults from './defaults.ts';
import { note, port, text } from './forms.ts';
import { inKeyOrder } from './key-order.ts';
import type { Written } from './written.ts';

const hostPort = (what: string, byDefault: number) => note(port(), `Host port of ${what}.`, byDefault);

const ports = {
  http: hostPort('the front door, plain HTTP', defaults.DEFAULT_PORTS.http),
  https: hostPort('the front door with TLS; used only with `tls`', defaults.DEFAULT_PORTS.https),
};

const tls = z.strictObject({
  certificate: note(
    text(names.FILE_PATH),
    'PEM file with the certificate and its chain, relative to the stack directory.',
  ),
  key: note(text(names.FILE_PATH), "PEM file with the certificate's private key, relative to the stack directory."),
});

const outer = z.strictObject({
  scheme: note(
    z.enum(['http', 'https']),
    'What users type before the host name: where TLS ends at that proxy, https.',
    defaults.DEFAULT_PUBLIC_SCHEME,
  ),
  port: note(port(), 'Port of that proxy, as users type it. By default that of the scheme, 443 or 80.'),
  proxies: note(
    z.array(z.string().describe('Address or range, e.g. 10.0.0.7 or 10.0.0.0/24.')),
    'Where that proxy comes from, as our front door sees it; at least one. X-Forwarded-For is believed of these alone.',
  ),
});

const image = (what: string, byDefault: string) => note(text(names.IMAGE), `Image of ${what}, pinned.`, byDefault);

const images = {
  tools: image('our own one-shot jobs and the prober', defaults.DEFAULT_TOOLS_IMAGE),
  allowFloating: note(z.boolean(), 'Accept tags that mean another version tomorrow (latest, 8, no tag at all).', false),
};

const timeout = (name: string) =>
  note(text(names.DURATION), `How long ${name} may take from its start, e.g. 90s or 20m; by default its own.`);

const limit = (name: string) =>
  note(
    z.strictObject({
      memory: note(
        z.union([z.literal('none'), text(names.MEMORY)]),
        'Most memory, e.g. 512m or 4g: what takes more is killed; none: all there is.',
      ),
      cpus: note(
        z.union([z.literal('none'), z.number().min(0.1).max(1_000)]),
        'Time on so many CPUs, parts of one too; none: on all there are.',
      ),
    }),
    `What each container of ${name} may take of the machine; by default its own.`,
  );

const docker = z.strictObject({
  startInterval: note(
    z.boolean(),
    'false: compose.yaml does without `start_interval`, so that `docker compose up` alone works on engines before 25.0 too.',
    defaults.DEFAULT_DOCKER.startInterval,
  ),
});

const first = {
  name: note(text(names.STACK_NAME), 'Name of the stack, also the Compose project name.', defaults.DEFAULT_NAME),
  domain: note(
    text(names.DOMAIN),
    'Host names chat., git., www. and hom. stand before it. Anything under .localhost needs no DNS.',
    defaults.DEFAULT_DOMAIN,
  ),
  parts: note(
    z.array(text(names.PART_PLACE).describe('Package, or a file of the stack directory.')),
    'Parts that are not ours: names of packages, and paths that begin with ./ in the stack directory. Their code is run by every command that reads this file: name only what you trust as much as chatops-up itself.',
    [],
  ),
  bind: note(
    text(names.IP_ADDRESS),
    'Address of this machine that the ports are opened on: 127.0.0.1 for this machine alone, 0.0.0.0 for every address. By default 127.0.0.1 where the domain is under localhost, else 0.0.0.0.',
  ),
  tls: note(tls, 'Certificate of the front door; without it plain HTTP.'),
  public: note(
    outer,
    "How users come when somebody else's proxy stands before the front door and TLS ends there. Not together with `tls`.",
  ),
  authority: note(
    text(names.FILE_PATH),
    'PEM file, relative to the stack directory: certificates of authorities of your own, which containers of ours trust beside the public ones.',
  ),
  docker: note(docker, 'What compose.yaml may ask of the Docker Engine.'),
};

type Shape = Readonly<Record<string, z.ZodType>>;

const mapped = <A>(entries: Readonly<Record<string, A>>, make: (value: A) => z.ZodType): Shape =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, make(value)]));

const ordered = (shape: Shape, order: readonly string[] = []) =>
  z.strictObject(Object.fromEntries(inKeyOrder(Object.entries(shape), ([key]) => key, order)));

const written = ({ sections, images: added, timed, limited, ports: opened, order }: Additions): z.ZodType<Written> => {
  const allImages = { ...images, ...mapped(added, ({ about, reference }) => image(about, reference)) };
  const shape: Shape = {
    ...first,
    ports: note(
      ordered({ ...ports, ...mapped(opened, ({ about, port: byDefault }) => hostPort(about, byDefault)) }),
      'Ports on this machine.',
    ),
    images: note(ordered(allImages, order.images), 'Container images, pinned to a version.'),
    timeouts: note(
      ordered(Object.fromEntries(timed.map((name) => [name, timeout(name)])), order.timeouts),
      'Deadlines: until a service is usable, until a job has ended.',
    ),
    limits: note(
      ordered(Object.fromEntries(limited.map((name) => [name, limit(name)])), order.timeouts),
      'Most memory and CPU time of services, as containers.',
    ),
    ...Object.fromEntries(sections.map(({ key, schema, about, byDefault }) => [key, note(schema, about, byDefault)])),
  };
  const about = { title: 'chatops.yaml', description: 'Configuration of chatops-up.' };
  return ordered(shape, order.file).meta(about) as unknown as z.ZodType<Written>;
};

const made = new WeakMap<Additions, z.ZodType<Written>>();

/** With what the parts add; the same additions give the same schema. */
export const writtenSchemaWith = (additions: Additions): z.ZodType<Written> => {
  const known = made.get(additions) ?? written(additions);
  made.set(additions, known);
  return known;
};
