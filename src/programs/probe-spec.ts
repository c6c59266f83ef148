/**
 * The words after `chatops-probe` → what is asked: the counterpart of the renderer's words in HEALTHCHECKs.
 * Secrets are named (`--password-from NAME`), never given.
 */
import { parseArgs } from 'node:util';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Account, Endpoint, HttpTarget, ProbeSpec } from '../stack/stack.ts';

const OPTIONS = {
  user: { type: 'string' },
  'password-from': { type: 'string' },
  'token-from': { type: 'string' },
  room: { type: 'string', multiple: true },
  member: { type: 'string', multiple: true },
  may: { type: 'string', default: 'post' },
  status: { type: 'string', default: '200' },
  gitlab: { type: 'string' },
  description: { type: 'string' },
  door: { type: 'string' },
  signature: { type: 'string' },
  websocket: { type: 'boolean', default: false },
  inside: { type: 'boolean', default: false },
  name: { type: 'string' },
  proof: { type: 'string' },
  table: { type: 'string', default: '/etc/chatops/probes.json' },
  timeout: { type: 'string', default: '3s' },
  wait: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

export type ProbeRequest =
  | { readonly kind: 'spec'; readonly spec: ProbeSpec }
  /** The readiness of one service as the table of probes has it. */
  | { readonly kind: 'table'; readonly service: string; readonly table: string };

export interface ProbeInvocation {
  readonly request: ProbeRequest;
  /** Of one question, ms. */
  readonly timeoutMs: number;
  /** How long to go on asking, ms; absent: once. */
  readonly waitMs?: number;
  readonly json: boolean;
}

export const PROBE_HELP = `chatops-probe <what> [target] [--timeout 3s] [--wait 60s] [--json]

  tcp HOST:PORT
  http URL [--status 200]
  mongo HOST:PORT
  replica-set SET --member HOST:PORT [--member HOST:PORT …]
  rocketchat URL
  rocketchat-login URL --user NAME --password-from VARIABLE
  rocketchat-room URL --user NAME --password-from VARIABLE --room NAME --may see|read|post
  bot URL --user NAME --password-from VARIABLE --room NAME [--room NAME …]
  gitlab URL --token-from VARIABLE [--inside]
  runner HOST:PORT --gitlab URL --token-from VARIABLE --description TEXT
  nginx-vhost HOST --door HOST:PORT --signature rocketchat|gitlab|www|hom [--websocket]
  webhook URL --user NAME --password-from VARIABLE --name NAME
  conversation URL --user NAME --password-from VARIABLE --room NAME [--proof NAME]
  all SERVICE [--table FILE]
  reach HOST:PORT [HOST:PORT …] [--timeout 2s]

Ends with 0 when healthy, else 1; prints one line. Secrets are read from the variables named.
`;

const usage = (why: string): ChatopsError =>
  new ChatopsError('USAGE', { what: 'the probe was not understood', why, next: 'read `chatops-probe --help`' });

const UNITS = { ms: 1, s: 1_000, m: 60_000 } as const;

/** `500ms`, `3s`, `2m`, or a bare number of seconds → ms. @throws ChatopsError USAGE */
export const parseDuration = (text: string): number => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m)?$/.exec(text) ?? [];
  if (number === undefined) throw usage(`${JSON.stringify(text)} is no duration such as 500ms, 3s or 2m`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
};

/** @throws ChatopsError USAGE */
export const parseEndpoint = (text: string): Endpoint => {
  const [, service, port] = /^(\[[^\]]+\]|[^:]+):(\d{1,5})$/.exec(text) ?? [];
  if (service === undefined || Number(port) > 65_535) throw usage(`${JSON.stringify(text)} is no HOST:PORT`);
  return { service, port: Number(port) };
};

const httpUrl = (text: string): URL => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw usage(`${JSON.stringify(text)} is no http or https URL`);
  return url;
};

const target = (text: string): HttpTarget => {
  httpUrl(text);
  return { kind: 'url', url: text.replace(/\/+$/, '') };
};

const oneOf = <T extends string>(text: string, allowed: readonly T[], option: string): T => {
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw usage(`--${option} is one of ${allowed.join(', ')}`);
  return found;
};

interface Words {
  readonly target: string;
  need(
    option: 'user' | 'password-from' | 'token-from' | 'gitlab' | 'description' | 'door' | 'signature' | 'name',
  ): string;
  readonly rooms: readonly string[];
  readonly members: readonly string[];
  readonly proof: string | undefined;
  readonly may: string;
  readonly status: string;
  readonly webSocket: boolean;
  readonly inside: boolean;
}

const account = (words: Words): Account => ({ username: words.need('user'), password: words.need('password-from') });

const oneRoom = ({ rooms }: Words): string => {
  const [room] = rooms;
  if (room === undefined || rooms.length > 1) throw usage('give one --room');
  return room;
};

const httpSpec = (words: Words): ProbeSpec => {
  const url = httpUrl(words.target);
  const path = words.target.slice(url.origin.length) || '/';
  return { what: 'http', target: { kind: 'url', url: url.origin }, path, status: Number(words.status) };
};

type What = Exclude<ProbeSpec['what'], 'all-of'>;

const READERS: { readonly [K in What]: (words: Words) => ProbeSpec } = {
  tcp: (words) => ({ what: 'tcp', endpoint: parseEndpoint(words.target) }),
  http: httpSpec,
  mongo: (words) => ({ what: 'mongo', endpoint: parseEndpoint(words.target) }),
  'replica-set': (words) => {
    if (words.members.length === 0) throw usage('give at least one --member');
    return { what: 'replica-set', set: words.target, members: words.members.map(parseEndpoint) };
  },
  rocketchat: (words) => ({ what: 'rocketchat', target: target(words.target) }),
  'rocketchat-login': (words) => ({ what: 'rocketchat-login', target: target(words.target), account: account(words) }),
  'rocketchat-room': (words) => ({
    what: 'rocketchat-room',
    target: target(words.target),
    account: account(words),
    room: oneRoom(words),
    may: oneOf(words.may, ['see', 'read', 'post'], 'may'),
  }),
  bot: (words) => ({ what: 'bot', target: target(words.target), account: account(words), rooms: words.rooms }),
  gitlab: (words) => ({
    what: 'gitlab',
    target: target(words.target),
    token: words.need('token-from'),
    inside: words.inside,
  }),
  runner: (words) => ({
    what: 'runner',
    metrics: parseEndpoint(words.target),
    gitlab: target(words.need('gitlab')),
    token: words.need('token-from'),
    description: words.need('description'),
  }),
  'nginx-vhost': (words) => ({
    what: 'nginx-vhost',
    door: parseEndpoint(words.need('door')),
    host: words.target,
    signature: oneOf(words.need('signature'), ['rocketchat', 'gitlab', 'www', 'hom'], 'signature'),
    webSocket: words.webSocket,
  }),
  webhook: (words) => ({
    what: 'webhook',
    target: target(words.target),
    admin: account(words),
    name: words.need('name'),
  }),
  conversation: (words) => ({
    what: 'conversation',
    publicUrl: words.target.replace(/\/+$/, ''),
    account: account(words),
    room: oneRoom(words),
    ...(words.proof === undefined ? {} : { proof: words.proof }),
  }),
};

const parseWords = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true, strict: true });
  } catch (cause) {
    throw usage(cause instanceof Error ? cause.message : String(cause));
  }
};

/** Undefined when help is asked for. @throws ChatopsError USAGE */
export const parseProbe = (argv: readonly string[]): ProbeInvocation | undefined => {
  const { values, positionals } = parseWords(argv);
  if (values.help) return undefined;
  const [what, where, ...rest] = positionals;
  if (what === undefined) throw usage('say what to ask');
  if (where === undefined) throw usage(`say where to ask: chatops-probe ${what} <target>`);
  if (rest.length > 0) throw usage(`one target, not also ${rest.join(' ')}`);
  const times = {
    timeoutMs: parseDuration(values.timeout),
    ...(values.wait === undefined ? {} : { waitMs: parseDuration(values.wait) }),
    json: values.json,
  };
  if (what === 'all') return { request: { kind: 'table', service: where, table: values.table }, ...times };
  const read = READERS[what as What] as ((words: Words) => ProbeSpec) | undefined;
  if (read === undefined) throw usage(`there is no probe ${JSON.stringify(what)}`);
  const spec = read({
    target: where,
    need: (option) => {
      const value = values[option];
      if (value === undefined) throw usage(`${what} needs --${option}`);
      return value;
    },
    rooms: values.room ?? [],
    members: values.member ?? [],
    proof: values.proof,
    may: values.may,
    status: values.status,
    webSocket: values.websocket,
    inside: values.inside,
  });
  return { request: { kind: 'spec', spec }, ...times };
};
