/** What goes wrong with the runner. Texts are those of gitlab-runner. */
import { ofRole, type Recogniser } from '../../contracts/cause.ts';

const runnerGivesUp = ofRole('gitlab-runner', {
  name: 'runner idles',
  recognise: ({ log }) =>
    /is unhealthy and will be disabled/.test(log)
      ? {
          what: 'the runner met GitLab too early or with a dead token and now idles for an hour',
          next: 'run `chatops-up up` again: it registers the runner anew where its token is dead, and starts it again',
        }
      : undefined,
});

export const runnerCauses: readonly Recogniser[] = [runnerGivesUp];
