import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { GITLAB } from '../gitlab.ts';
import { askOwnWord } from './ask-own-word.ts';

export type GitLabReadySpec = { readonly what: 'gitlab-ready'; readonly target: HttpTarget };

/** `/-/readiness` without `all=1`: this instance itself takes requests (doc/administration/monitoring/health_check.md of GitLab 19.3). */
export const createGitLabReadyProbe = ({ target }: GitLabReadySpec, { client, addresses }: Ports): Probe => ({
  id: 'gitlab-ready',
  ask: (signal) =>
    answerOf(signal, async () => {
      const url = baseUrl(addresses, target);
      const gitlab = client(GITLAB).connect({ url, patient: false });
      return (await askOwnWord(gitlab, 'readiness', url, signal)) ?? ready('it says that it is ready');
    }),
});
