/** A real HTTP server on loopback that answers as a test says, and fails the test on a call nobody expected. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Path with its query, decoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Parsed JSON, or undefined. */
  readonly body: unknown;
}

export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** A string is sent as it is, anything else as JSON. */
  readonly body?: unknown;
}

export type Script = (asked: Asked) => Scripted | undefined;

export interface ScriptedHttp {
  readonly base: string;
  readonly asked: Asked[];
  /** `POST /api/v1/login`, in order. */
  calls(): string[];
  /** What was asked and the script had no answer to. */
  readonly unexpected: string[];
  close(): Promise<void>;
}

export const startScriptedHttp = async (script: Script): Promise<ScriptedHttp> => {
  const asked: Asked[] = [];
  const unexpected: string[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const method = incoming.method ?? 'GET';
    const question = {
      method,
      url: decodeURIComponent(incoming.url ?? '/'),
      headers: incoming.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
    asked.push(question);
    const answer = script(question);
    if (answer === undefined) unexpected.push(`${method} ${question.url}`);
    const { status = answer === undefined ? 599 : 200, headers = {}, body = { success: true } } = answer ?? {};
    const raw = typeof body === 'string';
    response.writeHead(status, { 'Content-Type': raw ? 'text/html' : 'application/json', ...headers });
    response.end(raw ? body : JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    unexpected,
    calls: () => asked.map(({ method, url }) => `${method} ${url}`),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
