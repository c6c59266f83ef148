import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, cannotTell, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { misread } from '../../../contracts/probe-words.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf, reasonOf } from '../../../probes/foreseen.ts';
import type { HttpTarget, SecretName } from '../../../stack/stack.ts';
import { GITLAB, type GitLabClient } from '../gitlab.ts';
import { askForms } from './ask-forms.ts';
import { askOwnWord } from './ask-own-word.ts';

export type GitLabProbeSpec = {
  readonly what: 'gitlab';
  readonly target: HttpTarget;
  /** Absent: no call with a token is made; then `forms` is asked. */
  readonly token?: SecretName | undefined;
  /** Its readiness may be asked from here: then it is, before the call with the token. */
  readonly inside: boolean;
  /** The target is the public address: the form of its sign-in page must get through as well. */
  readonly forms?: true | undefined;
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

/**
 * Says that it is ready where that may be asked, and answers a call with the token: no other 2xx, 3xx or 401 counts.
 * @throws ChatopsError USAGE where neither a token nor forms are given: then nothing would be proven
 */
export const createGitLabProbe = (spec: GitLabProbeSpec, { client, addresses, secrets, http }: Ports): Probe => {
  const { target, token, inside, forms } = spec;
  if (token === undefined && !forms) throw misread('a gitlab probe wants --token-from, --forms or both');
  return {
    id: 'gitlab',
    ask: (signal) =>
      answerOf(signal, async () => {
        const url = baseUrl(addresses, target);
        const given = token === undefined ? {} : { token: secrets.read(token) };
        const gitlab = client(GITLAB).connect({ url, ...given, patient: false });
        const why = inside ? await askOwnWord(gitlab, 'whole-readiness', url, signal) : undefined;
        const unasked = ready('no token was given');
        const answer = why ?? (token === undefined ? unasked : await askVersion(gitlab, inside, signal));
        return forms && answer.kind === 'ready' ? askForms(http, url, signal) : answer;
      }),
  };
};
