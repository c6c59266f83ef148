/** Written → Config: defaults in, short forms spelled out. Decides nothing else; what is wrong is left to the rules. */

import { EVERYWHERE, LOOPBACK } from '../values/bind-address.ts';
import { isLocalName } from '../values/local-name.ts';
import { durationMs } from '../values/names.ts';
import { type Additions, NO_ADDITIONS } from './additions.ts';
import type { Config, DockerConfig, LimitConfig, PublicConfig, TlsConfig } from './config.ts';
import * as defaults from './defaults.ts';
import { type FileSoFar, keptAs } from './section.ts';
import type { Written, WrittenImages, WrittenLimit } from './written.ts';

export const normalize = (written: Written, additions: Additions = NO_ADDITIONS): Config => {
  const name = written.name ?? defaults.DEFAULT_NAME;
  const domain = written.domain ?? defaults.DEFAULT_DOMAIN;
  const named = namedImages(written.images ?? {});
  const sections = completed(written, additions, { name, domain, images: named });
  return {
    name,
    domain,
    parts: written.parts ?? [],
    bind: written.bind ?? (isLocalName(domain) ? LOOPBACK : EVERYWHERE),
    ports: { ...defaults.DEFAULT_PORTS, ...addedPorts(additions), ...dropUndefined<number>(written.ports ?? {}) },
    ...(written.tls === undefined ? {} : { tls: normalizeTls(written.tls) }),
    ...(written.public === undefined ? {} : { public: normalizePublic(written.public) }),
    ...(written.authority === undefined ? {} : { authority: written.authority }),
    images: fittingImages(additions, sections, named),
    timeouts: normalizeTimeouts(written.timeouts ?? {}),
    limits: normalizeLimits(written.limits ?? {}),
    docker: normalizeDocker(written.docker ?? {}),
    sections,
  };
};

const dropUndefined = <T>(values: Readonly<Record<string, T | undefined>>): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

/** A missing half stays empty here; `rules/tls-has-both-files.ts` refuses it. */
const normalizeTls = (tls: NonNullable<Written['tls']>): TlsConfig => ({
  certificate: tls.certificate ?? '',
  key: tls.key ?? '',
});

/** Without proxies the list is empty here; `rules/public-names-its-proxies.ts` refuses it. */
const normalizePublic = ({
  scheme = defaults.DEFAULT_PUBLIC_SCHEME,
  port = defaults.SCHEME_PORTS[scheme],
  proxies = [],
}: NonNullable<Written['public']>): PublicConfig => ({ scheme, port, proxies });

const normalizeDocker = ({ startInterval }: NonNullable<Written['docker']>): DockerConfig => ({
  startInterval: startInterval ?? defaults.DEFAULT_DOCKER.startInterval,
});

const addedPorts = ({ ports }: Additions): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(ports).map(([name, { port }]) => [name, port]));

const normalizeTimeouts = (written: NonNullable<Written['timeouts']>): Config['timeouts'] =>
  Object.fromEntries(Object.entries(dropUndefined(written)).map(([name, value]) => [name, durationMs(value)]));

const NO_LIMIT = 'none';
const MIB: Readonly<Record<string, number>> = { b: 1 / 1024 ** 2, k: 1 / 1024, m: 1, g: 1024 };

/** `4g` → 4096; less than one is one. */
const memoryMib = (written: string): number | 'none' =>
  written === NO_LIMIT
    ? NO_LIMIT
    : Math.max(1, Math.round(Number.parseInt(written, 10) * (MIB[written.slice(-1)] ?? 1)));

const normalizeLimit = ({ memory, cpus }: WrittenLimit): LimitConfig => ({
  ...(memory === undefined ? {} : { memoryMib: memoryMib(memory) }),
  ...(cpus === undefined ? {} : { cpus }),
});

const normalizeLimits = (written: NonNullable<Written['limits']>): Config['limits'] =>
  Object.fromEntries(Object.entries(dropUndefined(written)).map(([role, limit]) => [role, normalizeLimit(limit)]));

const namedImages = (written: WrittenImages): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );

/** Images that are not named follow the rest of the file, and the ones before them. */
const fittingImages = (
  { images }: Additions,
  sections: Config['sections'],
  named: Readonly<Record<string, string>>,
): Config['images'] => {
  const all: Record<string, string> & { readonly tools: string } = {
    tools: named.tools ?? defaults.DEFAULT_TOOLS_IMAGE,
  };
  for (const [name, spec] of Object.entries(images)) {
    all[name] = named[name] ?? spec.fitting?.({ sections, images: all }) ?? spec.reference;
  }
  return all;
};

/** Each sees those before it. */
const completed = (
  written: Written,
  { sections }: Additions,
  file: Omit<FileSoFar, 'sections'>,
): Config['sections'] => {
  const values: Record<string, unknown> = {};
  for (const section of sections) {
    const read = written[section.key];
    const value = section.complete === undefined ? read : section.complete(read, { ...file, sections: values });
    if (value !== undefined) values[keptAs(section)] = value;
  }
  return values;
};
