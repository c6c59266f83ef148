/** What goes wrong inside GitLab's container and its runner's. Texts are those of Omnibus GitLab and gitlab-runner. */

import { allWords, lineWith, type Recogniser } from '../../engines/docker/diagnosis/symptoms.ts';

const of = (role: string, recogniser: Recogniser): Recogniser => ({
  ...recogniser,
  recognise: (symptoms) => (symptoms.role === role ? recogniser.recognise(symptoms) : undefined),
});

export const rootPassword = of('gitlab', {
  name: 'root password refused',
  hopeless: true,
  recognise: ({ log }) =>
    /Could not create the default administrator account|initial_root_password: Length is too short/.test(log)
      ? {
          what: 'GitLab refuses the password of root, so its first start can never end',
          next: 'set another GITLAB_ROOT_PASSWORD in .env (20 random characters without gitlab, devops, root, admin), then `chatops-up down --volumes` and `chatops-up up`',
        }
      : undefined,
});

export const upgradePath = of('gitlab', {
  name: 'upgrade jumps a stop',
  hopeless: true,
  recognise: ({ log }) =>
    /upgrade path|required to upgrade to|It seems you are upgrading from/i.test(log)
      ? {
          what: `its data are of a version from which this one cannot be reached at once: ${lineWith(log, /upgrade path|required to upgrade to|upgrading from/i)}`,
          next: 'set the version in between under `images: { gitlab: … }`, let it start, then go on (GitLab calls these required upgrade stops)',
        }
      : undefined,
});

export const reconfigure = of('gitlab', {
  name: 'reconfigure failed',
  recognise: ({ log }) =>
    /There was an error running gitlab-ctl reconfigure|Running handlers complete[\s\S]*Infra Phase failed/i.test(log)
      ? {
          what: "GitLab's own `gitlab-ctl reconfigure` failed, which ends its container",
          next: 'the first error above that line names the cause; a setting edited by hand in /etc/gitlab/gitlab.rb wins over ours',
        }
      : undefined,
});

export const monitoring = of('gitlab', {
  name: 'health pages closed',
  recognise: (symptoms) =>
    /nginx returned 404/.test(allWords(symptoms))
      ? {
          what: 'GitLab does not let the prober ask its health pages',
          next: 'its monitoring_whitelist must hold the addresses of the stack: an /etc/gitlab/gitlab.rb edited by hand may overrule ours',
        }
      : undefined,
});

export const booting = of('gitlab', {
  name: 'GitLab still boots',
  recognise: ({ code, exit, said }) =>
    code === 'GATE_TIMED_OUT' && exit === undefined && /50[23]|ECONNREFUSED|connection refused/i.test(said)
      ? {
          what: 'GitLab was still booting: a first start takes 3 to 8 minutes on an ordinary machine, longer on a small one',
          next: 'give it longer: `timeouts: { gitlab: 30m }` in chatops.yaml; it boots on meanwhile, so `chatops-up up` goes on from there',
        }
      : undefined,
});

export const runnerGivesUp = of('gitlab-runner', {
  name: 'runner idles',
  recognise: ({ log }) =>
    /is unhealthy and will be disabled/.test(log)
      ? {
          what: 'the runner met GitLab too early or with a dead token and now idles for an hour',
          next: 'run `chatops-up up` again: it registers the runner anew where its token is dead, and starts it again',
        }
      : undefined,
});
