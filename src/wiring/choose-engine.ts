/** Which engine runs the services, and why: said aloud in every report. */

import type { Engine } from '../contracts/engine.ts';
import type { Files } from '../contracts/files.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Stack } from '../stack/stack.ts';
import type { Desired } from '../stages/world.ts';
import type { SecretValues } from './choose-docker.ts';
import type { Invocation } from './invocation.ts';

interface Choice {
  readonly engine: 'docker' | 'embedded';
  readonly why: string;
}

/** `auto` takes containers only when everything they need is there. @throws ChatopsError ENGINE_UNAVAILABLE */
const choose = async (invocation: Invocation, stack: Stack): Promise<Choice> => {
  if (invocation.engine === 'embedded') return { engine: 'embedded', why: 'it was asked for with --engine embedded' };
  const { pingDocker } = await import('../engines/docker/client/docker-ping.ts');
  const docker = await pingDocker(invocation.env);
  if (invocation.engine === 'docker') {
    if (docker.answers) return { engine: 'docker', why: `it was asked for with --engine docker (${docker.version})` };
    throw new ChatopsError('ENGINE_UNAVAILABLE', {
      what: 'no Docker Engine answers',
      why: docker.why,
      next: 'start it (`systemctl start docker`, or Docker Desktop), set DOCKER_HOST, or use --engine embedded',
    });
  }
  if (!docker.answers) return { engine: 'embedded', why: `no Docker answers (${docker.why})` };
  const { whyNotDocker } = await import('./choose-docker.ts');
  const missing = await whyNotDocker(invocation, stack);
  return missing === undefined
    ? { engine: 'docker', why: `Docker ${docker.version} answers and has every image` }
    : { engine: 'embedded', why: missing };
};

export interface EngineNeeds {
  readonly desired: Desired;
  readonly files: Files;
  readonly secrets: Secrets;
  readonly values: SecretValues;
}

export const chooseEngine = async (invocation: Invocation, needs: EngineNeeds): Promise<Engine> => {
  const { engine, why } = await choose(invocation, needs.desired.stack);
  if (engine === 'docker')
    return (await import('./choose-docker.ts')).createDocker(invocation, needs.desired, needs.values, why);
  return (await import('./create-embedded.ts')).createEmbedded(invocation, needs, why);
};
