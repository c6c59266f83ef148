import { ChatopsError } from '../errors/chatops-error.ts';
import type { EngineKind } from './engine-kind.ts';
import { notInside } from './not-inside.ts';

const docker: EngineKind = {
  name: 'docker',
  fits: async (invocation, desired, asked) => {
    const outside = notInside(desired);
    if (outside.length > 0) {
      const why = `the tools image does not have ${outside.join(', ')}, which parts of others bring`;
      const error = new ChatopsError('ENGINE_UNAVAILABLE', {
        what: 'the docker engine cannot run this stack',
        why,
        next: 'use --engine embedded, or take their parts out of `parts:` in chatops.yaml',
      });
      return { fits: false, why, error };
    }
    const { pingDocker } = await import('../engines/docker/client/docker-ping.ts');
    const answer = await pingDocker(invocation.env);
    if (!answer.answers) {
      const error = new ChatopsError('ENGINE_UNAVAILABLE', {
        what: 'no Docker Engine answers',
        why: answer.why,
        next: 'start it (`systemctl start docker`, or Docker Desktop), set DOCKER_HOST, or use --engine embedded',
      });
      return { fits: false, why: `no Docker answers (${answer.why})`, error };
    }
    const { version } = answer;
    const says = `Docker ${version} answers and has every image`;
    if (asked) return { fits: true, says, version };
    const { whyNotDocker } = await import('./choose-docker.ts');
    const why = await whyNotDocker(invocation, desired.stack);
    if (why === undefined) return { fits: true, says, version };
    return { fits: false, why, error: new ChatopsError('ENGINE_UNAVAILABLE', { what: why }) };
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
