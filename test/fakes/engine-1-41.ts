/**
 * The Engine API of Docker 20.10, as far as it is asked here: version 1.41 over a unix socket. Stricter than the engine,
 * which passes over what it does not know: an address, parameter or field that 1.41 has not is refused and noted.
 * The tables are those of docs.docker.com/reference/api/engine/version/v1.41.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

const VERSION = '1.41';

interface Call {
  readonly query: readonly string[];
  /** Fields of the body; `HostConfig.Mounts` and the like are fields of their own. */
  readonly body?: readonly string[];
  /** Its body is bytes, which are not looked at. */
  readonly takesBytes?: true;
  readonly answer: 'json' | 'empty' | 'lines' | 'frames' | 'upgrade';
  readonly says?: unknown;
  readonly status?: number;
}

const CREATE_BODY = [
  ...['Hostname', 'Domainname', 'User', 'AttachStdin', 'AttachStdout', 'AttachStderr', 'ExposedPorts', 'Tty'],
  ...['OpenStdin', 'StdinOnce', 'Env', 'Cmd', 'ArgsEscaped', 'Image', 'Volumes', 'WorkingDir', 'Entrypoint'],
  ...['NetworkDisabled', 'MacAddress', 'OnBuild', 'Labels', 'StopSignal', 'StopTimeout', 'Shell'],
  ...['Test', 'Interval', 'Timeout', 'Retries', 'StartPeriod'].map((name) => `Healthcheck.${name}`),
  ...[
    'Init',
    'NetworkMode',
    'Mounts',
    'Binds',
    'AutoRemove',
    'CpuPeriod',
    'CpuQuota',
    'Memory',
    'RestartPolicy',
    'PortBindings',
    'ShmSize',
    'CapDrop',
    'CapAdd',
    'SecurityOpt',
    'ReadonlyRootfs',
    'Tmpfs',
    'PidsLimit',
  ].map((name) => `HostConfig.${name}`),
  'NetworkingConfig.EndpointsConfig',
];
/** How dockerode gets its options; it sends it on, and every engine passes over it. */
const OF_DOCKERODE = ['hijack', 'stdin'];

const CONTAINER = {
  Id: 'c1',
  Name: '/demo-mongo-1',
  Image: 'sha256:one',
  Mounts: [],
  NetworkSettings: { Networks: {} },
  Config: { Labels: { 'com.docker.compose.service': 'mongo' }, Image: 'mongo:8.0', Cmd: null, Env: ['A=b=c'] },
  HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '', HostPort: '8080' }] }, Memory: 0 },
  State: { Status: 'exited', ExitCode: 3, OOMKilled: false, Error: '', StartedAt: '2026-01-01T00:00:00Z' },
};

/** `METHOD path` → what 1.41 takes there. */
const CALLS: readonly (readonly [RegExp, Call])[] = [
  [/^GET \/_ping$/, { query: [], answer: 'empty', status: 200 }],
  [/^GET \/version$/, { query: [], answer: 'json', says: { Version: '20.10.24', ApiVersion: VERSION } }],
  [
    /^GET \/info$/,
    {
      query: [],
      answer: 'json',
      says: { ServerVersion: '20.10.24', MemTotal: 4_000_000_000, Architecture: 'x86_64', DockerRootDir: '/docker' },
    },
  ],
  [
    /^GET \/events$/,
    {
      query: ['since', 'until', 'filters'],
      answer: 'lines',
      says: [{ Action: 'die', Actor: { ID: 'c1', Attributes: { exitCode: '3' } } }],
    },
  ],
  [/^GET \/containers\/json$/, { query: ['all', 'limit', 'size', 'filters'], answer: 'json', says: [{ Id: 'c1' }] }],
  [
    /^POST \/containers\/create$/,
    { query: ['name', 'platform'], body: CREATE_BODY, answer: 'json', says: { Id: 'c1', Warnings: [] }, status: 201 },
  ],
  [/^GET \/containers\/c1\/json$/, { query: ['size'], answer: 'json', says: CONTAINER }],
  [
    /^GET \/containers\/c1\/logs$/,
    {
      query: ['follow', 'stdout', 'stderr', 'since', 'until', 'timestamps', 'tail'],
      answer: 'frames',
      says: 'a last line\n',
    },
  ],
  [/^GET \/networks$/, { query: ['filters'], answer: 'json', says: [{ Id: 'n1', Name: 'demo_net', Labels: {} }] }],
  [
    /^POST \/networks\/demo_other\/connect$/,
    { query: [], body: ['Container', 'EndpointConfig'], answer: 'json', says: '' },
  ],
  [/^DELETE \/networks\/n1$/, { query: [], answer: 'empty' }],
  [
    /^DELETE \/networks\/n2$/,
    { query: [], answer: 'json', says: { message: 'network n2 has active endpoints' }, status: 403 },
  ],
  [/^POST \/containers\/c1\/start$/, { query: ['detachKeys'], answer: 'empty' }],
  [/^POST \/containers\/c1\/stop$/, { query: ['t'], answer: 'empty' }],
  [/^DELETE \/containers\/c1$/, { query: ['v', 'force', 'link'], answer: 'empty' }],
  [/^POST \/containers\/c1\/wait$/, { query: ['condition'], answer: 'json', says: { StatusCode: 3 } }],
  [
    /^POST \/containers\/c1\/attach$/,
    { query: ['detachKeys', 'logs', 'stream', 'stdin', 'stdout', 'stderr'], answer: 'frames', says: 'said by a job\n' },
  ],
  [
    /^POST \/containers\/c1\/exec$/,
    {
      query: [],
      body: [
        'AttachStdin',
        'AttachStdout',
        'AttachStderr',
        'DetachKeys',
        'Tty',
        'Env',
        'Cmd',
        'Privileged',
        'User',
        'WorkingDir',
      ],
      answer: 'json',
      says: { Id: 'e1' },
      status: 201,
    },
  ],
  [
    /^POST \/exec\/e1\/start$/,
    { query: [], body: ['Detach', 'Tty', ...OF_DOCKERODE], answer: 'upgrade', says: 'said by a program\n' },
  ],
  [
    /^GET \/images\/.+\/json$/,
    {
      query: [],
      answer: 'json',
      says: { Id: 'sha256:one', Architecture: 'amd64', Config: { Cmd: ['serve'], Env: null } },
    },
  ],
  [
    /^GET \/images\/json$/,
    { query: ['all', 'filters', 'digests'], answer: 'json', says: [{ Id: 'sha256:one', RepoTags: ['tools:1'] }] },
  ],
  [
    /^POST \/images\/load$/,
    { query: ['quiet'], takesBytes: true, answer: 'lines', says: [{ stream: 'Loaded image: tools:1\n' }] },
  ],
  [/^DELETE \/images\/.+$/, { query: ['force', 'noprune'], answer: 'json', says: [{ Untagged: 'tools:1' }] }],
  [
    /^POST \/images\/create$/,
    {
      query: ['fromImage', 'fromSrc', 'repo', 'tag', 'message', 'changes', 'platform'],
      answer: 'lines',
      says: [{ status: 'Pull complete', id: 'layer' }],
    },
  ],
];

/** `{ HostConfig: { Init: true } }` → `HostConfig.Init`. */
const fieldsOf = (body: unknown): readonly string[] =>
  Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
    ['HostConfig', 'Healthcheck', 'NetworkingConfig'].includes(name)
      ? Object.keys(value as object).map((inner) => `${name}.${inner}`)
      : [name],
  );

/** Eight bytes and a body: stream, size (Engine API, "Attach to a container"). */
const frame = (text: string): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt8(1, 0);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  return Buffer.concat([head, Buffer.from(text)]);
};

const bodyOf = async (request: IncomingMessage, takesBytes = false): Promise<unknown> => {
  if (takesBytes) {
    for await (const _ of request);
    return undefined;
  }
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text === '' ? undefined : JSON.parse(text);
};

const answer = (response: ServerResponse, { answer: kind, says, status = 200 }: Call): void => {
  if (kind === 'empty') return void response.writeHead(status === 200 ? 204 : status).end();
  response.writeHead(status, { 'Content-Type': 'application/json' });
  if (kind === 'json') response.end(JSON.stringify(says));
  if (kind === 'lines') response.end((says as readonly unknown[]).map((line) => `${JSON.stringify(line)}\n`).join(''));
  if (kind === 'frames') response.end(frame(String(says)));
};

export interface OldEngine {
  readonly socketPath: string;
  /** What was asked of it, `GET /version`; in order. */
  readonly asked: string[];
  /** The addresses of all that, as they came: an engine that debugs logs them. */
  readonly addresses: string[];
  /** What 1.41 does not know, in words. */
  readonly refused: string[];
  close(): Promise<void>;
}

export const startEngine141 = async (): Promise<OldEngine> => {
  const dir = mkdtempSync(join(tmpdir(), 'engine-1-41-'));
  const socketPath = join(dir, 'docker.sock');
  const asked: string[] = [];
  const addresses: string[] = [];
  const refused: string[] = [];

  const take = (request: IncomingMessage): { name: string; call: Call | undefined; unknown: string[] } => {
    const url = new URL(request.url ?? '/', 'http://engine');
    const prefix = /^\/v(\d+\.\d+)/.exec(url.pathname);
    const name = `${request.method} ${url.pathname.slice(prefix?.[0].length ?? 0)}`;
    asked.push(name);
    addresses.push(decodeURIComponent(request.url ?? ''));
    if (prefix && Number(prefix[1]?.split('.')[1]) > 41) {
      // The engine's own words.
      return {
        name,
        call: undefined,
        unknown: [`client version ${prefix[1]} is too new. Maximum supported API version is ${VERSION}`],
      };
    }
    const call = CALLS.find(([pattern]) => pattern.test(name))?.[1];
    if (!call) return { name, call, unknown: ['no such address'] };
    const parameters = [...url.searchParams.keys()].filter((key) => !call.query.includes(key));
    return { name, call, unknown: parameters.map((key) => `parameter ${key}`) };
  };

  const judge = async (request: IncomingMessage): Promise<Call | string> => {
    const { name, call, unknown } = take(request);
    const body = call === undefined ? undefined : await bodyOf(request, call.takesBytes);
    // dockerode repeats parameters in the body, where every engine passes over them.
    const known = [...(call?.body ?? []), ...(call?.query ?? [])];
    const fields = fieldsOf(body).filter((field) => !known.includes(field));
    const all = [...unknown, ...fields.map((field) => `field ${field}`)];
    if (call && all.length === 0) return call;
    refused.push(`${name}: ${all.join(', ')}`);
    return all.join(', ');
  };

  const server = createServer((request, response) => {
    void judge(request).then((judged) => {
      if (typeof judged !== 'string') return answer(response, judged);
      response.writeHead(400, { 'Content-Type': 'application/json' }).end(JSON.stringify({ message: judged }));
    });
  });
  const open = new Set<Duplex>();
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    open.add(socket);
    const { call } = take(request);
    socket.write(
      'HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n',
    );
    socket.end(frame(String(call?.says ?? '')));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return {
    socketPath,
    asked,
    addresses,
    refused,
    close: async () => {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(dir, { recursive: true, force: true });
    },
  };
};
