/**
 * Answers probes from inside the network: a server for services of its table, or any question on standard input, also
 * what a job would do.
 */
import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createProbe } from '../contracts/probe-kinds.ts';
import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { type AnswerOptions, answerQuestions } from '../prober/answer-questions.ts';
import { PORTS } from '../stack/names.ts';
import { Secret } from '../values/secret.ts';
import { createOutlet, type Outlet } from '../values/words/outlet.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { portsInside } from '../wiring/ports-inside.ts';
import { PROBE_KINDS } from '../wiring/probe-kinds.ts';
import { decideJob } from './decide-job.ts';
import { readProbeTable } from './probe-table.ts';

const TABLE = '/etc/chatops/probes.json';
/** Connections at a time; the engine needs one. */
const MOST_CONNECTIONS = 32;

export interface ProberOptions {
  /** Serves whoever holds its standard input, and ends with it; else a server on port 9099. */
  readonly stdio: boolean;
  /** Default: where compose.yaml mounts it. */
  readonly table?: string;
  /** Default 9099. */
  readonly port?: number;
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });

const listen = async (port: number, onConnection: (socket: Socket) => void, invocation: Invocation): Promise<void> => {
  const server = createServer(onConnection);
  server.maxConnections = MOST_CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ChatopsError('PORT_TAKEN', { what: `port ${port} cannot be opened`, why: cause.code ?? '', cause })),
    );
    server.listen(port, resolve);
  });
  invocation.out(`prober: answering on port ${port}\n`);
  await ended(invocation.signal);
  server.close();
};

/** Runs until it is stopped. @throws ChatopsError PORT_TAKEN */
export const proberCommand = async (invocation: Invocation, options: ProberOptions): Promise<number> => {
  const { env, known, signal } = invocation;
  const warned = new Set<(text: string) => void>();
  const warn = (text: string): void => {
    for (const tell of warned) tell(text);
  };
  const ports = await portsInside({ env, names: 'network', warn });
  const decide: AnswerOptions['decide'] = async (question, onWarning, stop) => {
    warned.add(onWarning);
    known.learn(Object.entries(question.secrets).map(([name, value]) => [name, new Secret(value)] as const));
    try {
      return await decideJob(question, ports, invocation.dir, stop);
    } finally {
      warned.delete(onWarning);
    }
  };
  const readinessOf = (service: string) => readProbeTable(readFileSync(options.table ?? TABLE, 'utf8')).get(service);
  const answering = (write: Outlet, anyQuestion: boolean) =>
    answerQuestions({
      probeOf: (spec) => createProbe(PROBE_KINDS, spec, ports),
      readinessOf,
      anyQuestion,
      decide,
      write,
    });
  if (options.stdio) {
    const { feed, end } = answering(invocation.out, true);
    process.stdin.setEncoding('utf8').on('data', feed);
    const closed = new Promise<void>((resolve) => process.stdin.once('end', resolve));
    await Promise.race([closed, ended(signal)]);
    end();
    return EXIT.ok;
  }
  const sockets = new Set<Socket>();
  await listen(
    options.port ?? PORTS.prober,
    (socket) => {
      sockets.add(socket);
      const { feed, end } = answering(
        createOutlet((line) => void socket.write(line), known.clean),
        false,
      );
      socket.setEncoding('utf8').on('data', feed);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        end();
      });
    },
    invocation,
  );
  for (const socket of sockets) socket.destroy();
  return EXIT.ok;
};
