/** Images that are on the engine, by dockerode. */
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Containers, ImageFacts, LabelledImage } from '../containers.ts';
import { unless } from './docker-error.ts';
import { environmentOf } from './docker-facts.ts';

export const imageOf = (docker: Docker, reference: string): Promise<ImageFacts | undefined> =>
  unless(404, async () => {
    const { Id, Config, Architecture, RepoDigests } = await docker.getImage(reference).inspect();
    return {
      id: Id,
      command: Config.Cmd ?? [],
      environment: environmentOf(Config.Env),
      labels: Config.Labels ?? {},
      architecture: Architecture,
      digests: RepoDigests ?? [],
    };
  });

/** A line of `POST /images/load` (Engine API, "Import images"), as far as it is read. */
interface Line {
  readonly error?: string;
}

const refused = (why: string, cause?: unknown): ChatopsError =>
  new ChatopsError('IMAGE_MISSING', {
    what: 'the engine did not take the image that it was given',
    why,
    next: 'look whether its disk is full (`docker system df`), then run the command again',
    cause,
  });

/** The engine answers before it has read everything; what went wrong stands in its lines. */
const linesOf = (docker: Docker, stream: NodeJS.ReadableStream): Promise<readonly Line[]> =>
  new Promise((resolve, reject) => {
    docker.modem.followProgress(stream, (error, lines) => (error ? reject(error) : resolve(lines as Line[])));
  });

export const loadImage = async (
  docker: Docker,
  ...[archive, signal]: Parameters<Containers['load']>
): Promise<void> => {
  signal.throwIfAborted();
  const sent = Readable.from(archive);
  // What breaks on our side (a package that is not complete) breaks the call too, but only this knows why.
  const broken = new Promise<never>((_, reject) => sent.once('error', reject));
  const answered = docker
    .loadImage(sent, { quiet: true, abortSignal: signal } as Parameters<Docker['loadImage']>[1])
    .then((stream) => linesOf(docker, stream));
  try {
    const lines = await Promise.race([answered, broken]);
    const error = lines.find((line) => line.error !== undefined)?.error;
    if (error !== undefined) throw refused(error);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof ChatopsError) throw thrown;
    throw refused(thrown instanceof Error ? thrown.message : String(thrown), thrown);
  } finally {
    sent.destroy();
    answered.catch(() => undefined);
  }
};

export const labelledImages = async (docker: Docker, label: string): Promise<readonly LabelledImage[]> => {
  const images = await docker.listImages({ filters: { label: [label] } });
  if (images.length === 0) return [];
  const used = new Set((await docker.listContainers({ all: true })).map(({ ImageID }) => ImageID));
  return images.map(({ Id, RepoTags }) => ({
    id: Id,
    // Engines before API 1.43 name one without a name like this.
    names: (RepoTags ?? []).filter((name) => name !== '<none>:<none>'),
    used: used.has(Id),
  }));
};

/** 409: a container has been made from it meanwhile. */
export const removeImage = async (docker: Docker, name: string): Promise<void> => {
  await unless(404, () => unless(409, () => docker.getImage(name).remove()));
};
