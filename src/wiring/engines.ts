/** The engines there are, in the order in which `auto` asks them. A new engine is a folder and an entry here. */
import type { Engine } from '../contracts/engine.ts';
import type { Files } from '../contracts/files.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Desired } from '../stages/world.ts';
import type { Secret } from '../values/secret.ts';
import type { Invocation } from './invocation.ts';
import { notInside } from './not-inside.ts';

/** What an engine is made from. */
export interface EngineNeeds {
  readonly desired: Desired;
  readonly files: Files;
  readonly secrets: Secrets;
  /** Name of a secret → value, to be taken out of what containers say. */
  readonly values: ReadonlyMap<string, Secret>;
}

export type Fit =
  | {
      readonly fits: true;
      /** In words for the report: `Docker 26.1 answers and has every image`. */
      readonly says: string;
      /** Of what answers. Absent: it is part of us. */
      readonly version?: string;
    }
  /** `error` is what a user is told who asked for it by name. */
  | { readonly fits: false; readonly why: string; readonly error: ChatopsError };

export interface EngineKind {
  /** As after `--engine`. */
  readonly name: string;
  /** Whether it can run this stack on this machine. `asked`: by name, so that it may fetch what it lacks. */
  fits(invocation: Invocation, desired: Desired, asked: boolean): Promise<Fit>;
  create(invocation: Invocation, needs: EngineNeeds, why: string): Promise<Engine>;
}

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
  create: async (invocation, { desired, values }, why) =>
    (await import('./choose-docker.ts')).createDocker(invocation, desired, values, why),
};

const embedded: EngineKind = {
  name: 'embedded',
  fits: async () => ({ fits: true, says: 'it needs nothing' }),
  create: async (invocation, needs, why) =>
    (await import('./create-embedded.ts')).createEmbedded(invocation, needs, why),
};

export const ENGINES: readonly EngineKind[] = [docker, embedded];
