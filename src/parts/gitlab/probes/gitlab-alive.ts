import { baseUrl } from '../../../contracts/addresses.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Probe, ready } from '../../../contracts/probe.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { HttpTarget } from '../../../stack/stack.ts';
import { GITLAB } from '../gitlab.ts';
import { askOwnWord } from './ask-own-word.ts';

export type GitLabAliveSpec = { readonly what: 'gitlab-alive'; readonly target: HttpTarget };

/** `/-/liveness`: its workers are not stuck (doc/administration/monitoring/health_check.md of GitLab 19.3). */
export const createGitLabAliveProbe = ({ target }: GitLabAliveSpec, { client, addresses }: Ports): Probe => ({
  id: 'gitlab-alive',
  ask: (signal) =>
    answerOf(signal, async () => {
      const url = baseUrl(addresses, target);
      const gitlab = client(GITLAB).connect({ url, patient: false });
      return (await askOwnWord(gitlab, 'liveness', url, signal)) ?? ready('it says that it is alive');
    }),
});
