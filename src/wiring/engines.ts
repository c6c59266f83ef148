import { ChatopsError } from '../errors/chatops-error.ts';
import type { EngineKind } from './engine-kind.ts';
import { notInside } from './not-inside.ts';

const docker: EngineKind = {
  name: 'docker',
  fits: async (invocation, desired) => {
    const { pingDocker } = await import('../engines/docker/client/docker-ping.ts');
    const answer = await pingDocker(invocation.env);
    const outside = notInside(desired);
    if (outside.length > 0) {
      const why = `the tools image does not have ${outside.join(', ')}, which parts of others bring`;
      const error = new ChatopsError('ENGINE_UNAVAILABLE', {
        what: 'the docker engine cannot run this stack',
        why,
        next: 'use --engine embedded, or take their parts out of `parts:` in chatops.yaml',
      });
      return { fits: false, why, error, stops: answer.answers };
    }
    if (!answer.answers) {
      const error = new ChatopsError('ENGINE_UNAVAILABLE', {
        what: 'no Docker Engine answers',
        why: answer.why,
        next: 'start it (`systemctl start docker`, Docker Desktop, or `systemctl start podman.socket` with DOCKER_HOST set to its socket), or rehearse with --engine embedded; https://docs.docker.com/engine/install/ says how to install one',
      });
      return { fits: false, why: `no Docker answers (${answer.why})`, error };
    }
    const { called } = answer.version;
    return { fits: true, says: `${called} answers`, version: called };
  },
  create: async (invocation, needs, why) =>
    (await import('./choose-docker.ts')).createDocker(invocation, needs.desired, needs, why),
};

const embedded: EngineKind = {
  name: 'embedded',
  fits: async () => ({ fits: true, says: 'it needs nothing' }),
  create: async (invocation, needs, why) =>
    (await import('./create-embedded.ts')).createEmbedded(invocation, needs, why),
};

export const ENGINES: readonly EngineKind[] = [docker, embedded];
