import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, cannotTell, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf, reasonOf } from '../../../probes/foreseen.ts';
import type { HttpTarget, SecretName } from '../../../stack/stack.ts';
import { GITLAB, type GitLabClient } from '../gitlab.ts';
import { askOwnWord } from './ask-own-word.ts';

export type GitLabProbeSpec = {
  readonly what: 'gitlab';
  readonly target: HttpTarget;
  readonly token: SecretName;
  /** Its readiness may be asked from here: then it is, before the call with the token. */
  readonly inside: boolean;
};

/** What passes by waiting: a GitLab that starts, or one that is busy. */
const PASSES = ['UNREACHABLE', 'RATE_LIMITED', 'UNEXPECTED_ANSWER'];

const askVersion = async (client: GitLabClient, inside: boolean, signal: AbortSignal): Promise<Answer> => {
  try {
    const { text, enterprise } = await client.version(signal);
    return ready(`GitLab ${text} ${enterprise ? 'EE' : 'CE'}`);
  } catch (thrown) {
    signal.throwIfAborted();
    if (!(thrown instanceof ChatopsError)) throw thrown;
    if (PASSES.includes(thrown.code)) return notReady(reasonOf(thrown));
    // A GitLab of ours makes the token when it has configured itself, a little after it says that it is ready.
    if (thrown.code === 'TOKEN_INVALID' && inside) return notReady('it does not know the token in .env yet');
    return cannotTell(thrown);
  }
};

/** Says that it is ready where that may be asked, and answers a call with the token: no other 2xx, 3xx or 401 counts. */
export const createGitLabProbe = (
  { target, token, inside }: GitLabProbeSpec,
  { client, addresses, secrets }: Ports,
): Probe => ({
  id: 'gitlab',
  ask: (signal) =>
    answerOf(signal, async () => {
      const url = baseUrl(addresses, target);
      const gitlab = client(GITLAB).connect({ url, token: secrets.read(token), patient: false });
      const why = inside ? await askOwnWord(gitlab, 'whole-readiness', url, signal) : undefined;
      return why ?? askVersion(gitlab, inside, signal);
    }),
});
