/** A tree of directives → what the front door obeys. A directive that is not known here is refused by its name. */

import { geoOf } from './geo.ts';
import { refuseUnknown } from './known.ts';
import { limitZone } from './limit.ts';
import { type Listen, listenOf, serverNames } from './listen.ts';
import { mapOf } from './map.ts';
import type { Action, DoorConfig, Location, LocationMatch, Settings, Socket, VirtualServer } from './model.ts';
import { type Directive, parseNginxConf } from './parse.ts';
import { patternOf } from './pattern.ts';
import { realIpOf } from './real-ip.ts';
import { cannotObey } from './refusal.ts';
import { DEFAULTS, inherit, type Scope } from './settings.ts';
import { compileTemplate } from './template.ts';
import { milliseconds } from './units.ts';

const named = (directives: readonly Directive[], name: string): readonly Directive[] =>
  directives.filter((each) => each.name === name);
const last = (directives: readonly Directive[], name: string): string | undefined =>
  named(directives, name).at(-1)?.args[0];

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

const actionOf = ({ name, args, line }: Directive, { variables }: Scope): Action => {
  const [first = '', second] = args;
  if (name === 'set') {
    return { kind: 'set', variable: first.replace(/^\$/, ''), value: compileTemplate(second ?? '', variables, line) };
  }
  // `return URL` is short for `return 302 URL`.
  if (/^(https?:\/\/|\$)/.test(first))
    return { kind: 'return', status: 302, body: compileTemplate(first, variables, line) };
  const status = Number(first);
  if (!Number.isInteger(status)) throw cannotObey(`return ${first}`, line);
  if (REDIRECTS.has(status) && second === undefined) throw cannotObey(`return ${first} without a place`, line);
  return second === undefined
    ? { kind: 'return', status }
    : { kind: 'return', status, body: compileTemplate(second, variables, line) };
};

const actionsOf = (directives: readonly Directive[], scope: Scope): readonly Action[] =>
  directives.filter(({ name }) => name === 'set' || name === 'return').map((each) => actionOf(each, scope));

const matchOf = ({ args, line }: Directive): LocationMatch => {
  const [first = '', second] = args;
  if (second === undefined) return { kind: 'prefix', path: first, stops: false };
  if (first === '=') return { kind: 'exact', path: second };
  if (first === '^~') return { kind: 'prefix', path: second, stops: true };
  if (first === '~') return { kind: 'pattern', pattern: patternOf(second, '', line) };
  if (first === '~*') return { kind: 'pattern', pattern: patternOf(second, 'i', line) };
  throw cannotObey(`location ${first}`, line);
};

/** GET lets HEAD pass too. */
const methodsOf = (directives: readonly Directive[]): Pick<Location, 'methods'> => {
  const [only] = named(directives, 'limit_except');
  if (only === undefined) return {};
  const [deny, ...more] = only.block ?? [];
  if (deny?.name !== 'deny' || deny.args[0] !== 'all' || more.length > 0) {
    throw cannotObey('limit_except with more than "deny all"', only.line);
  }
  return { methods: new Set(only.args.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))) };
};

const locationOf = (directive: Directive, above: Settings, scope: Scope): Location => {
  const { block = [], line } = directive;
  refuseUnknown('location', block);
  if (directive.args[0]?.startsWith('@')) throw cannotObey('named locations', line);
  return {
    match: matchOf(directive),
    internal: named(block, 'internal').length > 0,
    ...methodsOf(block),
    actions: actionsOf(block, scope),
    settings: inherit(above, block, scope),
  };
};

interface ServerOn {
  readonly listens: readonly Listen[];
  readonly server: VirtualServer;
}

const serverOf = ({ block = [] }: Directive, http: readonly Directive[], above: Settings, scope: Scope): ServerOn => {
  refuseUnknown('server', block);
  const settings = inherit(above, block, scope);
  const certificate = last(block, 'ssl_certificate') ?? last(http, 'ssl_certificate');
  const key = last(block, 'ssl_certificate_key') ?? last(http, 'ssl_certificate_key');
  const listens = named(block, 'listen').map(listenOf);
  return {
    listens: listens.length > 0 ? listens : [{ address: '', port: 80, ssl: false, isDefault: false }],
    server: {
      name: named(block, 'server_name')[0]?.args[0] ?? '',
      names: serverNames(block),
      actions: actionsOf(block, scope),
      settings,
      rejectsHandshake: last(block, 'ssl_reject_handshake') === 'on',
      locations: named(block, 'location').map((each) => locationOf(each, settings, scope)),
      ...(certificate === undefined || key === undefined ? {} : { tls: { certificate, key } }),
    },
  };
};

const socketsOf = (servers: readonly ServerOn[]): readonly Socket[] => {
  const places = new Map<string, { first: Listen; ssl: boolean; servers: VirtualServer[] }>();
  for (const { listens, server } of servers) {
    for (const listen of listens) {
      const key = `${listen.address}:${listen.port}`;
      const place = places.get(key) ?? { first: listen, ssl: false, servers: [] };
      if (listen.isDefault) place.servers.unshift(server);
      else place.servers.push(server);
      place.ssl ||= listen.ssl;
      places.set(key, place);
    }
  }
  return [...places.values()].map(({ first, ssl, servers: all }) => ({
    address: first.address,
    port: first.port,
    ssl,
    servers: all,
  }));
};

const variablesIn = (directives: readonly Directive[]): readonly string[] =>
  directives.flatMap(({ name, args, block = [] }) => [
    ...(name === 'set' ? [args[0] ?? ''] : name === 'map' || name === 'geo' ? [args.at(-1) ?? ''] : []),
    ...variablesIn(block),
  ]);

/** @throws StandinError CONFIGURATION_UNSUPPORTED naming the line and what cannot be obeyed */
export const buildDoorConfig = (text: string): DoorConfig => {
  const main = parseNginxConf(text);
  refuseUnknown('main', main);
  const http = named(main, 'http').flatMap(({ block = [] }) => block);
  refuseUnknown('http', http);
  const scope: Scope = { variables: new Set(variablesIn(main).map((name) => name.replace(/^\$/, ''))) };
  const settings = inherit(DEFAULTS, http, scope);
  const realIp = realIpOf(http);
  const keepAlive = named(http, 'keepalive_timeout').at(-1);
  return {
    sockets: socketsOf(named(http, 'server').map((each) => serverOf(each, http, settings, scope))),
    geos: new Map(named(http, 'geo').map((each) => geoOf(each, scope))),
    ...(realIp === undefined ? {} : { realIp }),
    maps: new Map(named(http, 'map').map((each) => mapOf(each, scope))),
    zones: new Map(named(http, 'limit_req_zone').map((each) => limitZone(each, scope.variables))),
    keepAliveMs: keepAlive === undefined ? 75_000 : milliseconds(keepAlive.args[0] ?? '', keepAlive.line),
  };
};
