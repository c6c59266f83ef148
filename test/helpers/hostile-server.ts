/** Servers that answer every call with what they were sent, in every form that a proxy may write it, and steer the terminal. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What takes over a terminal that prints it, or turns the letters after it. */
export const STEERING = '\u001b]0;owned\u0007 \u001b[2J \u009b31m \r \u202eturned \u200b \u2066 \ufeff';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const inPage = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
const inPageByNumber = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const TYPES = ['application/json', 'text/plain', 'text/html'] as const;

/** The request as it came: its line, its headers, its body, and the three in other forms. */
const echoOf = (request: IncomingMessage, body: string): string => {
  const { authorization = '', ...headers } = request.headers;
  const credentials = authorization.replace(/^basic /i, '');
  const plain = [
    `${request.method} ${request.url}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    body,
  ];
  return [
    STEERING,
    body,
    JSON.stringify(headers),
    `authorization ${credentials} ${Buffer.from(credentials, 'base64').toString('utf8')}`,
    encodeURIComponent(body),
    inPage(body),
    inPageByNumber(body),
    ...[0, 1, 2].map((before) => Buffer.from(`${'-'.repeat(before)}${body}`).toString('base64')),
    plain.join(' | '),
    STEERING,
  ].join(' ');
};

export interface HostileServer {
  readonly url: string;
  /** Every later answer is of this type. Default: JSON, plain text and a page in turns; of status 200 JSON. */
  say(type: (typeof TYPES)[number]): void;
  /** Requests so far. */
  requests(): number;
  stop(): Promise<void>;
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
};

/** With 200 every field that a client may look at holds the echo. */
const documentOf = (echo: string, status: number): Readonly<Record<string, unknown>> => {
  const refused = { error: echo, message: echo, error_description: echo, details: [echo], status: echo };
  if (status >= 300) return refused;
  const named = {
    id: 1,
    _id: echo,
    name: echo,
    username: echo,
    path: echo,
    path_with_namespace: echo,
    msg: echo,
    text: echo,
  };
  const common = { success: true, status: 'success', version: echo, info: { version: echo }, revision: echo, ...named };
  return {
    ...common,
    data: { userId: echo, authToken: echo, me: named },
    user: named,
    channel: named,
    messages: [named],
  };
};

/** Listens on the loopback. */
export const startHostileServer = async (status: number): Promise<HostileServer> => {
  let count = 0;
  let always: (typeof TYPES)[number] | undefined = status === 200 ? 'application/json' : undefined;
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    count += 1;
    const type = always ?? TYPES[count % TYPES.length] ?? 'text/plain';
    const echo = echoOf(request, await readBody(request));
    const headers = {
      'Content-Type': type,
      'Retry-After': '1',
      // It passes for a front door of ours, so that what comes after it is asked for.
      'X-Chatops-Vhost': request.headers.host?.split('.')[0] ?? '',
      'X-Echo': encodeURIComponent(echo).slice(0, 2_000),
    };
    response.writeHead(status, headers);
    response.end(type === 'application/json' ? JSON.stringify(documentOf(echo, status)) : echo);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    say: (type) => {
      always = type;
    },
    requests: () => count,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
