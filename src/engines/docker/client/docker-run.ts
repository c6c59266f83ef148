/** Programs that are run in containers: beside one that is there, and in one of their own. */
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { Exit } from '../../../contracts/diagnosis.ts';
import type { HeldProgram } from '../../../contracts/held-program.ts';
import type { ContainerLimits } from '../compose.ts';
import type { Containers, RunApart, RunOnce } from '../containers.ts';
import { RUN, RUN_OF } from './docker-facts.ts';
import { ended, text } from './docker-stream.ts';

const limitsOf = (limits: ContainerLimits): Docker.HostConfig => ({
  CapDrop: [...limits.dropped],
  CapAdd: [...limits.added],
  SecurityOpt: [...limits.securityOptions],
  ReadonlyRootfs: limits.readOnly,
  Tmpfs: Object.fromEntries(limits.tmpfs.map((path) => [path, ''])),
  ...(limits.mostProcesses === undefined ? {} : { PidsLimit: limits.mostProcesses }),
  ...(limits.memoryBytes === undefined ? {} : { Memory: limits.memoryBytes }),
  ...(limits.cpu === undefined ? {} : { CpuQuota: limits.cpu.quota, CpuPeriod: limits.cpu.period }),
});

const creation = (run: RunApart): Docker.ContainerCreateOptions => ({
  Image: run.image,
  Cmd: [...run.command],
  WorkingDir: run.directory,
  Env: Object.entries(run.environment).map(([name, value]) => `${name}=${value}`),
  AttachStdout: true,
  AttachStderr: true,
  Labels: { [RUN]: run.name, [RUN_OF]: run.project },
  ...(run.confinement.user === undefined ? {} : { User: run.confinement.user }),
  HostConfig: {
    Init: true,
    ...limitsOf(run.confinement),
    ...(run.networks[0] === undefined ? {} : { NetworkMode: run.networks[0] }),
    Mounts: run.mounts.map(({ kind, source, target, readOnly }) => ({
      Type: kind,
      Source: source,
      Target: target,
      ReadOnly: readOnly,
    })),
  },
});

/**
 * In the body alone. Else dockerode writes every field into the address too, which an engine that debugs logs, and the
 * environment holds secrets. Its types do not know how that is passed (docker-modem: `_query`, `_body`).
 */
const inBody = (options: Docker.ContainerCreateOptions): Docker.ContainerCreateOptions =>
  ({ _query: {}, _body: options }) as Docker.ContainerCreateOptions;

export const exitOf = async (container: Docker.Container): Promise<Exit> => {
  const { State } = await container.inspect();
  return { exitCode: State.ExitCode, outOfMemory: State.OOMKilled };
};

/** What a program says on its standard output, and a way to its input. */
const talkOver = (docker: Docker, stream: Duplex, onOutput: (chunk: string) => void): Omit<HeldProgram, 'close'> => {
  const unheard = text(() => undefined);
  docker.modem.demuxStream(stream, text(onOutput), unheard);
  const end = ended(stream);
  stream.on('error', () => undefined);
  return { write: (line) => void stream.write(line), ended: end };
};

export const hold = async (
  docker: Docker,
  ...[id, command, onOutput]: Parameters<Containers['hold']>
): Promise<HeldProgram> => {
  const exec = await docker.getContainer(id).exec({
    Cmd: [...command],
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
  });
  const stream: Duplex = await exec.start({ hijack: true, stdin: true });
  return { ...talkOver(docker, stream, onOutput), close: async () => void stream.destroy() };
};

/** The first stands in what it is made from: an engine before API 1.44 takes no more than one there. */
const joinOthers = async (
  docker: Docker,
  { id }: Docker.Container,
  [, ...others]: readonly string[],
): Promise<void> => {
  for (const network of others) await docker.getNetwork(network).connect({ Container: id });
};

/** Over its own standard input and output, until it is closed; then the container is removed. */
export const holdApart = async (docker: Docker, run: RunApart): Promise<HeldProgram> => {
  const { HostConfig, ...rest } = creation(run);
  // Nobody is left to remove it where this process is killed: the program ends with its input, and the container with it.
  const made = {
    ...rest,
    HostConfig: { ...HostConfig, AutoRemove: true },
    AttachStdin: true,
    OpenStdin: true,
    StdinOnce: true,
  };
  const container = await docker.createContainer(inBody(made));
  const remove = async (): Promise<void> => void (await container.remove({ force: true }).catch(() => undefined));
  try {
    await joinOthers(docker, container, run.networks);
    const streams = { stdin: true, stdout: true, stderr: true };
    const stream = (await container.attach({ stream: true, hijack: true, ...streams })) as Duplex;
    const program = talkOver(docker, stream, run.onOutput);
    await container.start();
    const close = async (): Promise<void> => {
      stream.destroy();
      await remove();
    };
    return { ...program, close };
  } catch (thrown) {
    await remove();
    throw thrown;
  }
};

/** The container is removed in any case; when `signal` is aborted at once. @throws the signal's reason */
export const runOnce = async (docker: Docker, run: RunOnce, signal: AbortSignal): Promise<Exit> => {
  signal.throwIfAborted();
  const container = await docker.createContainer(inBody(creation(run)));
  const remove = (): Promise<unknown> => container.remove({ force: true }).catch(() => undefined);
  const abort = (): void => void remove();
  signal.addEventListener('abort', abort, { once: true });
  try {
    await joinOthers(docker, container, run.networks);
    const stream = await container.attach({ stream: true, stdout: true, stderr: true });
    docker.modem.demuxStream(stream, text(run.onOutput), text(run.onError));
    const drained = ended(stream);
    await container.start();
    await container.wait();
    await drained;
    return await exitOf(container);
  } finally {
    signal.removeEventListener('abort', abort);
    await remove();
    signal.throwIfAborted();
  }
};
