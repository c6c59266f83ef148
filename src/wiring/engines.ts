import { ChatopsError } from '../errors/chatops-error.ts';
import type { EngineKind } from './engine-kind.ts';
import { ENGINE_NAMES, type EngineName } from './engine-names.ts';
import { notInside } from './not-inside.ts';

/** @param why what is in the way; undefined: the parts were handed in as code, and their files are not known */
const notCarried = (
  outside: readonly string[],
  why: string | undefined,
): { readonly why: string; readonly next: string } => {
  const lacking = `containers do not have ${outside.join(', ')}, which parts of others bring`;
  return why === undefined
    ? {
        why: `${lacking} that chatops.yaml does not name`,
        next: 'name their files under `parts:` in chatops.yaml, or use --engine embedded',
      }
    : {
        why: `${lacking}, as their code cannot be carried there: ${why}`,
        next: 'change that in the part (docs/writing-a-part.md says what can be carried), or use --engine embedded',
      };
};

const HOW_TO_GET_ONE =
  'start it (`systemctl start docker`, Docker Desktop, or `systemctl start podman.socket` with DOCKER_HOST set to its socket), or rehearse with --engine embedded; https://docs.docker.com/engine/install/ says how to install one';

type Kind = Omit<EngineKind, 'name'>;

const docker: Kind = {
  fits: async (invocation, desired) => {
    const { pingDocker } = await import('../engines/docker/client/docker-ping.ts');
    const answer = await pingDocker(invocation.env);
    const outside = notInside(desired);
    if (outside.length > 0) {
      const { why, next } = notCarried(outside, desired.house.notCarried);
      const error = new ChatopsError('ENGINE_UNAVAILABLE', {
        what: 'the docker engine cannot run this stack',
        why,
        next,
      });
      return { fits: false, why, error, stops: answer.answers };
    }
    if (!answer.answers) {
      const error = new ChatopsError('ENGINE_UNAVAILABLE', {
        what: 'no Docker Engine answers',
        why: answer.why,
        next: answer.next ?? HOW_TO_GET_ONE,
      });
      return { fits: false, why: `no Docker answers (${answer.why})`, error, stops: answer.isThere ?? false };
    }
    const { called } = answer.version;
    return { fits: true, says: `${called} answers`, version: called };
  },
  create: async (invocation, needs, why) =>
    (await import('./choose-docker.ts')).createDocker(invocation, needs.desired, needs, why),
};

const embedded: Kind = {
  fits: async () => ({ fits: true, says: 'it needs nothing' }),
  create: async (invocation, needs, why) =>
    (await import('./create-embedded.ts')).createEmbedded(invocation, needs, why),
};

const KINDS: Readonly<Record<EngineName, Kind>> = { docker, embedded };

export const ENGINES: readonly EngineKind[] = ENGINE_NAMES.map((name) => ({ name, ...KINDS[name] }));
