/** The Engine API by dockerode. */
import { type Duplex, PassThrough } from 'node:stream';
import Docker from 'dockerode';
import { z } from 'zod';
import type { Exit } from '../../../contracts/diagnosis.ts';
import type { HeldProgram } from '../../../contracts/held-program.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { ContainerFacts, Containers, RunOnce } from '../containers.ts';
import { followEnds, storyOf } from './docker-life.ts';
import { pullImage } from './docker-pull.ts';

const PROJECT = 'com.docker.compose.project';
const SERVICE = 'com.docker.compose.service';
const HASH = 'com.docker.compose.config-hash';
/** On containers for one run of a job. Compose's own labels would make it take them for its own. */
const RUN = 'io.chatops-up.run';
const RUN_OF = 'io.chatops-up.project';

/** Of `GET /info`. */
const infoSchema = z.looseObject({
  ServerVersion: z.string(),
  MemTotal: z.number(),
  Architecture: z.string(),
  DockerRootDir: z.string(),
});

interface DockerError {
  readonly statusCode?: number;
  readonly code?: string;
  readonly json?: { readonly message?: string };
  readonly message?: string;
}

const NO_ENGINE = ['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EACCES', 'EHOSTUNREACH', 'ETIMEDOUT', 'ENOTFOUND'];

const explain = (what: string, thrown: unknown): ChatopsError => {
  if (thrown instanceof ChatopsError) return thrown;
  const { code, json, message } = thrown as DockerError;
  const why = json?.message ?? message ?? String(thrown);
  if (code !== undefined && NO_ENGINE.includes(code)) {
    return new ChatopsError('ENGINE_UNAVAILABLE', {
      what: 'the Docker Engine does not answer',
      why: code,
      cause: thrown,
    });
  }
  const port = /(?:bind for|listen tcp\w*) \S*:(\d+)\S*.*(?:already allocated|address already in use)/is.exec(why)?.[1];
  if (port !== undefined) {
    return new ChatopsError('PORT_TAKEN', {
      what: `${what}: port ${port} is taken`,
      why,
      next: `end the program that listens there (\`ss -ltnp 'sport = :${port}'\`), or set another port under \`ports:\``,
      cause: thrown,
    });
  }
  return new ChatopsError('SERVICE_FAILED', { what, why, cause: thrown });
};

const attempt = async <T>(what: string, task: () => Promise<T>): Promise<T> => {
  try {
    return await task();
  } catch (thrown) {
    throw explain(what, thrown);
  }
};

const isStatus = (thrown: unknown, status: number): boolean => (thrown as DockerError).statusCode === status;

/** `A=b=c` lines → map. */
const environmentOf = (lines: readonly string[] | null | undefined): Record<string, string> =>
  Object.fromEntries((lines ?? []).map((line) => [line.split('=', 1)[0] ?? '', line.slice(line.indexOf('=') + 1)]));

const portsOf = (bindings: unknown): readonly string[] =>
  Object.entries((bindings ?? {}) as Record<string, { HostPort: string }[] | null>)
    .flatMap(([inside, outside]) => (outside ?? []).map(({ HostPort }) => `${HostPort}:${inside}`))
    .sort();

const mountText = (kind: string, source: string, target: string, readOnly: boolean): string =>
  `${kind} ${source} → ${target}${readOnly ? ' (read-only)' : ''}`;

const factsOf = (info: Docker.ContainerInspectInfo): ContainerFacts => {
  const { Config, HostConfig, State } = info;
  const labels = Config.Labels;
  return {
    id: info.Id,
    service: labels[SERVICE] ?? labels[RUN] ?? '',
    oneOff: labels[RUN] !== undefined,
    image: Config.Image,
    imageId: info.Image,
    command: Config.Cmd ?? [],
    environment: environmentOf(Config.Env),
    ports: portsOf(HostConfig.PortBindings),
    mounts: info.Mounts.map(({ Type, Name, Source, Destination, RW }) =>
      mountText(Type ?? 'bind', Type === 'volume' ? (Name ?? '') : Source, Destination, !RW),
    ).sort(),
    networks: Object.keys(info.NetworkSettings.Networks),
    healthcheck: Config.Healthcheck?.Test ?? [],
    configHash: labels[HASH] ?? '',
    state: State.Status as ContainerFacts['state'],
    exitCode: State.ExitCode,
  };
};

const text = (listener: (chunk: string) => void): PassThrough => {
  const stream = new PassThrough({ encoding: 'utf8' });
  stream.on('data', listener);
  return stream;
};

/** Frames of eight bytes and a body (Engine API, "Attach to a container", "Stream format") → what was said. */
const unframed = (bytes: Buffer): string => {
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at + 4);
    parts.push(bytes.subarray(at + 8, at + 8 + size));
    at += 8 + size;
  }
  return Buffer.concat(parts).toString('utf8');
};

const creation = (run: RunOnce): Docker.ContainerCreateOptions => ({
  Image: run.image,
  Cmd: [...run.command],
  WorkingDir: run.directory,
  Env: Object.entries(run.environment).map(([name, value]) => `${name}=${value}`),
  AttachStdout: true,
  AttachStderr: true,
  Labels: { [RUN]: run.name, [RUN_OF]: run.project },
  HostConfig: {
    Init: true,
    NetworkMode: run.network,
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
 * environment holds secrets. Its types do not know how it is told so (docker-modem: `_query`, `_body`).
 */
const inBody = (options: Docker.ContainerCreateOptions): Docker.ContainerCreateOptions =>
  ({ _query: {}, _body: options }) as Docker.ContainerCreateOptions;

/** @param options dockerode's own; default: DOCKER_HOST, or the socket of this machine */
export const createContainers = (options?: Docker.DockerOptions): Containers => {
  const docker = new Docker(options);

  const exitOf = async (container: Docker.Container): Promise<Exit> => {
    const { State } = await container.inspect();
    return { exitCode: State.ExitCode, outOfMemory: State.OOMKilled };
  };

  const inspectAll = async (label: string): Promise<readonly ContainerFacts[]> => {
    const listed = await docker.listContainers({ all: true, filters: { label: [label] } });
    const infos = await Promise.all(
      listed.map(({ Id }) =>
        docker
          .getContainer(Id)
          .inspect()
          .catch((thrown: unknown) => {
            // It has gone between the two looks.
            if (isStatus(thrown, 404)) return undefined;
            throw thrown;
          }),
      ),
    );
    return infos.filter((info): info is Docker.ContainerInspectInfo => info !== undefined).map(factsOf);
  };

  const hold: Containers['hold'] = async (id, command, onOutput) => {
    const exec = await docker.getContainer(id).exec({
      Cmd: [...command],
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
    });
    const stream: Duplex = await exec.start({ hijack: true, stdin: true });
    docker.modem.demuxStream(
      stream,
      text(onOutput),
      text(() => undefined),
    );
    const ended = new Promise<void>((resolve) => {
      for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve());
    });
    stream.on('error', () => undefined);
    const held: HeldProgram = { write: (line) => void stream.write(line), ended, close: () => stream.destroy() };
    return held;
  };

  const runOnce: Containers['runOnce'] = async (run, signal) => {
    signal.throwIfAborted();
    const container = await docker.createContainer(inBody(creation(run)));
    const remove = (): Promise<unknown> => container.remove({ force: true }).catch(() => undefined);
    const abort = (): void => void remove();
    signal.addEventListener('abort', abort, { once: true });
    try {
      const stream = await container.attach({ stream: true, stdout: true, stderr: true });
      docker.modem.demuxStream(stream, text(run.onOutput), text(run.onError));
      const drained = new Promise<void>((resolve) => {
        for (const event of ['end', 'close', 'error']) stream.once(event, () => resolve());
      });
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

  return {
    version: () => attempt('the Docker Engine tells no version', async () => (await docker.version()).Version),
    facts: () =>
      attempt('the Docker Engine tells nothing of itself', async () => {
        const info = infoSchema.parse(await docker.info());
        return {
          version: info.ServerVersion,
          memoryBytes: info.MemTotal,
          architecture: info.Architecture,
          dataRoot: info.DockerRootDir,
        };
      }),
    list: (project) =>
      attempt('containers could not be listed', async () =>
        (await Promise.all([inspectAll(`${PROJECT}=${project}`), inspectAll(`${RUN_OF}=${project}`)])).flat(),
      ),
    image: (reference) =>
      attempt(`image ${reference} could not be looked at`, async () => {
        try {
          const { Id, Config } = await docker.getImage(reference).inspect();
          return { id: Id, command: Config.Cmd ?? [], environment: environmentOf(Config.Env) };
        } catch (thrown) {
          if (isStatus(thrown, 404)) return undefined;
          throw thrown;
        }
      }),
    pull: (reference, onStep, signal) => pullImage(docker, reference, onStep, signal),
    lastLines: (id, count, since = 0) =>
      attempt('its last lines could not be read', async () =>
        unframed(
          await docker.getContainer(id).logs({ stdout: true, stderr: true, tail: count, since, follow: false }),
        ).trim(),
      ),
    story: (id) =>
      attempt('a container could not be looked at', async () => {
        try {
          return storyOf(await docker.getContainer(id).inspect());
        } catch (thrown) {
          if (isStatus(thrown, 404)) return undefined;
          throw thrown;
        }
      }),
    followEnds: (project, onEnd, signal) =>
      attempt('the events of the Docker Engine cannot be followed', () => followEnds(docker, project, onEnd, signal)),
    start: (id) =>
      attempt('a container could not be started', async () => {
        try {
          await docker.getContainer(id).start();
        } catch (thrown) {
          // It runs already.
          if (!isStatus(thrown, 304)) throw thrown;
        }
      }),
    remove: (id) =>
      attempt('a container could not be removed', async () => {
        const container = docker.getContainer(id);
        try {
          await container.stop().catch((thrown: unknown) => {
            if (!isStatus(thrown, 304)) throw thrown;
          });
          await container.remove({ force: true });
        } catch (thrown) {
          if (!isStatus(thrown, 404)) throw thrown;
        }
      }),
    nextExit: async (id, signal) => {
      const container = docker.getContainer(id);
      await container.wait({ condition: 'next-exit', abortSignal: signal });
      return exitOf(container);
    },
    hold: (id, command, onOutput) =>
      attempt('no program could be run in a container', () => hold(id, command, onOutput)),
    runOnce: (run, signal) => attempt(`${run.name} could not be run`, () => runOnce(run, signal)),
  };
};
