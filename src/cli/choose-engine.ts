/** Which engine runs the services, and why: said aloud in every report. */
import { join } from 'node:path';
import { createEmbeddedEngine } from '../embedded/embedded-engine.ts';
import { loopbackPlaces } from '../embedded/nginx-places.ts';
import { choosePlayers } from '../embedded/players.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Engine } from '../ports/engine.ts';
import type { Files } from '../ports/files.ts';
import type { Secrets } from '../ports/secrets.ts';
import { renderNginx } from '../render/nginx.ts';
import type { Stack } from '../stack/stack.ts';
import type { SecretValues } from './choose-docker.ts';
import type { Invocation } from './invocation.ts';
import { parseFaults } from './parse-faults.ts';
import { STATE_DIR } from './stack-directory.ts';

interface Choice {
  readonly engine: 'docker' | 'embedded';
  readonly why: string;
}

/** `auto` takes containers only when everything they need is there. @throws ChatopsError ENGINE_UNAVAILABLE */
const choose = async (invocation: Invocation, stack: Stack): Promise<Choice> => {
  if (invocation.engine === 'embedded') return { engine: 'embedded', why: 'it was asked for with --engine embedded' };
  const { pingDocker } = await import('../adapters/docker-ping.ts');
  const docker = await pingDocker();
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

const parseSpeed = (text: string | undefined): { readonly speed?: number } => {
  if (text === undefined) return {};
  const speed = Number(text);
  if (speed > 0) return { speed };
  throw new ChatopsError('USAGE', {
    what: 'CHATOPS_SPEED is not a positive number',
    why: text,
    next: 'give simulated milliseconds per real one, e.g. 200',
  });
};

export interface EngineNeeds {
  readonly files: Files;
  readonly secrets: Secrets;
  readonly values: SecretValues;
  readonly stack: Stack;
}

export const chooseEngine = async (
  invocation: Invocation,
  { files, secrets, values, stack }: EngineNeeds,
): Promise<Engine> => {
  const { engine, why } = await choose(invocation, stack);
  if (engine === 'docker') return (await import('./choose-docker.ts')).createDocker(invocation, values, why);
  const dir = join(invocation.dir, STATE_DIR, 'embedded');
  const folders = { stackDir: invocation.dir, nginxDir: join(dir, 'nginx') };
  return createEmbeddedEngine({
    dir,
    why,
    secrets,
    players: choosePlayers(invocation.env),
    faults: parseFaults(invocation.env.CHATOPS_FAULTS),
    ...parseSpeed(invocation.env.CHATOPS_SPEED),
    fileFor: async (whole, addresses, path) =>
      path === 'nginx/nginx.conf'
        ? renderNginx(whole, loopbackPlaces(whole, addresses, folders)).find((file) => file.path === path)?.text
        : files.read(path),
  });
};
