import { type Answer, cannotTell, notReady } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { GitLabClient, OwnWord } from '../gitlab.ts';

const notAllowed = (url: string, what: string): ChatopsError =>
  new ChatopsError('PERMISSION_MISSING', {
    what: `GitLab ${url} does not tell its ${what} to this address`,
    why: 'your address is not in monitoring_whitelist',
    next: "add the network this runs in to gitlab_rails['monitoring_whitelist']; the list replaces the default, so repeat 127.0.0.0/8",
  });

/** @returns why not; undefined when it says yes */
export const askOwnWord = async (
  gitlab: Pick<GitLabClient, 'ownWord'>,
  about: OwnWord,
  url: string,
  signal: AbortSignal,
): Promise<Answer | undefined> => {
  const word = await gitlab.ownWord(about, signal);
  if (word.kind === 'not-allowed') return cannotTell(notAllowed(url, about === 'liveness' ? 'liveness' : 'readiness'));
  return word.kind === 'not-ready' ? notReady(word.reason) : undefined;
};
