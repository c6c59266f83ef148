/** A plain HTTP server that keeps what hooks send it. */
import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
  readonly body: any;
}

export interface Receiver {
  readonly port: number;
  readonly received: Received[];
  /** What it answers from now on. */
  answer: { status: number; body: string };
  /** Deliveries are kept waiting for an answer. */
  holds: boolean;
  /** Answers those that wait, and holds no more. */
  release(): void;
  /** Resolves with the first delivery, past or coming, that `fits`. */
  next(fits: (received: Received) => boolean): Promise<Received>;
  stop(): Promise<void>;
}

export const startReceiver = async (): Promise<Receiver> => {
  const received: Received[] = [];
  let waiting: { fits: (one: Received) => boolean; resolve: (one: Received) => void }[] = [];
  const held: (() => void)[] = [];
  const answer = { status: 200, body: '{"success":true}' };
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const one: Received = { path: request.url ?? '', headers: request.headers, raw, body: JSON.parse(raw) };
    received.push(one);
    const reply = (): void => {
      response.writeHead(receiver.answer.status, { 'Content-Type': 'application/json' });
      response.end(receiver.answer.body);
    };
    if (receiver.holds) held.push(reply);
    else reply();
    for (const { resolve } of waiting.filter(({ fits }) => fits(one))) resolve(one);
    waiting = waiting.filter(({ fits }) => !fits(one));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.address();
  const receiver: Receiver = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received,
    answer,
    holds: false,
    release: () => {
      receiver.holds = false;
      for (const reply of held.splice(0)) reply();
    },
    next: (fits) =>
      new Promise((resolve) => {
        const found = received.find(fits);
        if (found === undefined) waiting.push({ fits, resolve });
        else resolve(found);
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
};
