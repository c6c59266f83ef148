/** Probes asked by the prober's container over one connection, jobs run in containers of their own. */
import { ChatopsError } from '../errors/chatops-error.ts';
import { type Asking, createAsking } from '../inside/ask-prober.ts';
import { parseJobLine, type ReadJobLine } from '../inside/job-lines.ts';
import { splitLines } from '../inside/lines.ts';
import type { Decision } from '../jobs/job.ts';
import type { ComposeProject, ComposeService } from '../ports/compose.ts';
import type { Containers, Exit, HeldProgram, RunOnce } from '../ports/containers.ts';
import type { Inside } from '../ports/engine.ts';
import type { Proof } from '../ports/proofs.ts';
import type { Answer } from '../probes/probe.ts';

/** The program of the tools image. */
const TOOLS = '/usr/bin/chatops-tools';
/** The stack directory as jobs see it. */
const DIRECTORY = '/stack';
const KEPT_LINES = 10;

export interface InsideOptions {
  readonly containers: Containers;
  readonly project: () => Promise<ComposeProject>;
  readonly name: string;
  /** Id of the prober's container; undefined while it does not run. */
  readonly proberId: () => Promise<string | undefined>;
  /** Resolves when the containers and volumes that a job needs are there. */
  readonly prepared: (signal: AbortSignal) => Promise<void>;
}

interface Connection {
  readonly asking: Asking;
  readonly program: HeldProgram;
}

const createProberLine = ({ containers, proberId }: InsideOptions) => {
  let connection: Promise<Connection | undefined> | undefined;

  const connect = async (): Promise<Connection | undefined> => {
    const id = await proberId();
    if (id === undefined) return undefined;
    let program: HeldProgram | undefined;
    const asking = createAsking((line) => program?.write(line));
    program = await containers.hold(id, [TOOLS, 'prober', '--stdio'], asking.feed);
    void program.ended.then(() => {
      asking.end('the connection to the prober has ended');
      connection = undefined;
    });
    return { asking, program };
  };

  return {
    ask: async (...[spec, signal]: Parameters<Inside['ask']>): Promise<Answer> => {
      connection ??= connect();
      try {
        const connected = await connection;
        if (connected) return await connected.asking.ask(spec, signal);
      } catch (thrown) {
        signal.throwIfAborted();
        connection = undefined;
        return { kind: 'not-ready', reason: `the prober cannot be asked: ${(thrown as Error).message}` };
      }
      connection = undefined;
      return { kind: 'not-ready', reason: 'the prober does not run yet' };
    },
    close: async (): Promise<void> => (await connection?.catch(() => undefined))?.program.close(),
  };
};

const runOf = (
  name: string,
  job: string,
  service: ComposeService,
  project: ComposeProject,
): Omit<RunOnce, 'command' | 'onOutput' | 'onError'> => {
  const [network = ''] = service.networks;
  return {
    project: name,
    name: job,
    image: service.image,
    directory: DIRECTORY,
    environment: service.environment,
    mounts: service.volumes.map(({ type, source, target, readOnly }) => ({
      kind: type === 'volume' ? 'volume' : 'bind',
      source: type === 'volume' ? (project.volumes[source] ?? source) : source,
      target,
      readOnly,
    })),
    network: project.networks[network] ?? network,
  };
};

const ended = (job: string, { exitCode, outOfMemory }: Exit, lines: readonly string[]): ChatopsError =>
  new ChatopsError('JOB_FAILED', {
    what: `the container of ${job} ended with ${exitCode}${outOfMemory ? ', killed for memory' : ''}`,
    why: lines.length === 0 ? 'it said nothing' : lines.join('\n'),
    next: 'mend the named cause and run the command again: a job goes on where it stopped',
  });

/** Runs the job's container. @throws ChatopsError what the job ended with */
const runContainer = async (
  options: InsideOptions,
  job: string,
  words: readonly string[],
  onLine: (line: Exclude<ReadJobLine, { type: 'error' }>) => void,
  signal: AbortSignal,
): Promise<void> => {
  await options.prepared(signal);
  const project = await options.project();
  const service = project.services[job];
  if (!service) throw new ChatopsError('INTERNAL', { what: `compose.yaml has no job ${job}` });
  const others: string[] = [];
  const remember = (line: string): void =>
    void others.splice(0, others.length, ...[...others, line].slice(-KEPT_LINES));
  let error: ChatopsError | undefined;
  const exit = await options.containers.runOnce(
    {
      ...runOf(options.name, job, service, project),
      command: ['job', job, '--in-network', '--json', ...words],
      onOutput: splitLines((text) => {
        const line = parseJobLine(text);
        if (line === undefined) remember(text);
        else if (line.type === 'error') error = line.error;
        else onLine(line);
      }),
      onError: splitLines(remember),
    },
    signal,
  );
  if (error) throw error;
  if (exit.exitCode !== 0) throw ended(job, exit, others);
};

export const createInside = (options: InsideOptions): Inside & { close(): Promise<void> } => {
  const proofs = new Map<string, Proof>();
  const { ask, close } = createProberLine(options);
  return {
    ask,
    close,
    runJob: (job, { onChange, onWarning }, signal) =>
      runContainer(
        options,
        job,
        [],
        (line) => {
          if (line.type === 'change') onChange(line.change);
          if (line.type === 'warning') onWarning(line.text);
          if (line.type === 'proof') proofs.set(job, line.proof);
        },
        signal,
      ),
    decideJob: async (job, signal) => {
      let decision: Decision | undefined;
      const onLine = (line: Exclude<ReadJobLine, { type: 'error' }>): void => {
        if (line.type === 'decision') decision = line.decision;
      };
      await runContainer(options, job, ['--plan'], onLine, signal);
      if (decision) return decision;
      throw new ChatopsError('JOB_FAILED', { what: `the container of ${job} told no decision` });
    },
    proof: (job) => proofs.get(job),
  };
};
