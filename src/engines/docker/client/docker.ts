/** The Engine API by dockerode. */
import Docker from 'dockerode';
import { z } from 'zod';
import type { Containers, EngineFacts } from '../containers.ts';
import { attempt, unless } from './docker-error.ts';
import { listed, networksOf, PROJECT, RUN_OF } from './docker-facts.ts';
import { imageOf, labelledImages, loadImage, removeImage } from './docker-images.ts';
import { followEnds, storyOf } from './docker-life.ts';
import { pullImage } from './docker-pull.ts';
import { exitOf, hold, holdApart, runOnce } from './docker-run.ts';
import { unframed } from './docker-stream.ts';
import { versionOf } from './version-of.ts';

/** Of `GET /info`. */
const infoSchema = z.looseObject({
  MemTotal: z.number(),
  Architecture: z.string(),
  DockerRootDir: z.string(),
});

const factsOf = async (docker: Docker): Promise<EngineFacts> => {
  const info = infoSchema.parse(await docker.info());
  return {
    memoryBytes: info.MemTotal,
    architecture: info.Architecture,
    dataRoot: info.DockerRootDir,
  };
};

const lastLines = async (docker: Docker, id: string, count: number, since: number): Promise<string> => {
  const wanted = { stdout: true, stderr: true, tail: count, since, follow: false } as const;
  return unframed(await docker.getContainer(id).logs(wanted)).trim();
};

/** 304: it is as it should be already. */
const remove = async (container: Docker.Container): Promise<void> => {
  await unless(404, async () => {
    await unless(304, () => container.stop());
    await container.remove({ force: true });
  });
};

/** 403: a container that runs is in it (Engine API, "Remove a network"). */
const removeNetwork = async (network: Docker.Network): Promise<void> => {
  await unless(404, () => unless(403, () => network.remove()));
};

/** @param options dockerode's own; default: DOCKER_HOST, or the socket of this machine */
export const createContainers = (options?: Docker.DockerOptions): Containers => {
  const docker = new Docker(options);
  return {
    version: () => attempt('the Docker Engine does not say its version', async () => versionOf(await docker.version())),
    facts: () => attempt('the Docker Engine says nothing of itself', () => factsOf(docker)),
    list: (project) =>
      attempt('containers could not be listed', async () => {
        const labels = [`${PROJECT}=${project}`, `${RUN_OF}=${project}`];
        return (await Promise.all(labels.map((label) => listed(docker, label)))).flat();
      }),
    networks: (project) => attempt('networks could not be listed', () => networksOf(docker, project)),
    removeNetwork: (id) => attempt('a network could not be removed', () => removeNetwork(docker.getNetwork(id))),
    image: (reference) => attempt(`image ${reference} could not be looked at`, () => imageOf(docker, reference)),
    load: (archive, signal) =>
      attempt('an image could not be given to the engine', () => loadImage(docker, archive, signal)),
    labelled: (label) => attempt('images could not be listed', () => labelledImages(docker, label)),
    removeImage: (name) => attempt(`image ${name} could not be removed`, () => removeImage(docker, name)),
    pull: (reference, onStep, signal) => pullImage(docker, reference, onStep, signal),
    lastLines: (id, count, since = 0) =>
      attempt('its last lines could not be read', () => lastLines(docker, id, count, since)),
    story: (id) =>
      attempt('a container could not be looked at', () =>
        unless(404, async () => storyOf(await docker.getContainer(id).inspect())),
      ),
    followEnds: (project, onEnd, signal) =>
      attempt('the events of the Docker Engine cannot be followed', () => followEnds(docker, project, onEnd, signal)),
    start: (id) =>
      attempt('a container could not be started', async () => {
        await unless(304, () => docker.getContainer(id).start());
      }),
    remove: (id) => attempt('a container could not be removed', () => remove(docker.getContainer(id))),
    nextExit: async (id, signal) => {
      const container = docker.getContainer(id);
      await container.wait({ condition: 'next-exit', abortSignal: signal });
      return exitOf(container);
    },
    holdApart: (run) => attempt('no container could be made to ask in', () => holdApart(docker, run)),
    hold: (...held) => attempt('no program could be run in a container', () => hold(docker, ...held)),
    runOnce: (run, signal) => attempt(`${run.name} could not be run`, () => runOnce(docker, run, signal)),
  };
};
