/** A probe as the words that follow `chatops-probe` on its command line. Secrets stand there by name only. */
import type { Account, Endpoint, HttpTarget, ProbeSpec } from '../stack/stack.ts';

const hostPort = ({ service, port }: Endpoint): string => `${service}:${port}`;

const url = (target: HttpTarget): string =>
  target.kind === 'url' ? target.url : `http://${hostPort(target.endpoint)}`;

/** Joined by `=`, so that a value beginning with `-` is not taken for an option. */
const option = (name: string, value: string): string => `--${name}=${value}`;

const repeated = (name: string, values: readonly string[]): readonly string[] =>
  values.map((value) => option(name, value));

const login = ({ username, password }: Account): readonly string[] => [
  option('user', username),
  option('password-from', password),
];

type Spec<K extends ProbeSpec['what']> = Extract<ProbeSpec, { what: K }>;
type Writers = { readonly [K in Exclude<ProbeSpec['what'], 'all-of'>]: (spec: Spec<K>) => readonly string[] };

const WRITERS: Writers = {
  tcp: ({ endpoint }) => [hostPort(endpoint)],
  http: ({ target, path, status }) => [`${url(target)}${path}`, option('status', String(status))],
  mongo: ({ endpoint }) => [hostPort(endpoint)],
  'replica-set': ({ set, members }) => [set, ...repeated('member', members.map(hostPort))],
  rocketchat: ({ target }) => [url(target)],
  'rocketchat-login': ({ target, account }) => [url(target), ...login(account)],
  'rocketchat-room': ({ target, account, room, may }) => [
    url(target),
    ...login(account),
    option('room', room),
    option('may', may),
  ],
  bot: ({ target, account, rooms }) => [url(target), ...login(account), ...repeated('room', rooms)],
  gitlab: ({ target, token, inside }) => [url(target), option('token-from', token), ...(inside ? ['--inside'] : [])],
  runner: ({ metrics, gitlab, token, description }) => [
    hostPort(metrics),
    option('gitlab', url(gitlab)),
    option('token-from', token),
    option('description', description),
  ],
  'nginx-vhost': ({ door, host, signature, webSocket }) => [
    host,
    option('door', hostPort(door)),
    option('signature', signature),
    ...(webSocket ? ['--websocket'] : []),
  ],
  webhook: ({ target, admin, name }) => [url(target), ...login(admin), option('name', name)],
  conversation: ({ publicUrl, account, room, proof }) => [
    publicUrl,
    ...login(account),
    option('room', room),
    ...(proof === undefined ? [] : [option('proof', proof)]),
  ],
};

/** Undefined for a composite: its parts are read from the table in `healthchecks/probes.json`. */
export const probeArguments = (spec: ProbeSpec): readonly string[] | undefined => {
  if (spec.what === 'all-of') return undefined;
  const write = WRITERS[spec.what] as (given: ProbeSpec) => readonly string[];
  return [spec.what, ...write(spec)];
};
