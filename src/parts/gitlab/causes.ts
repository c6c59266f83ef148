/** What goes wrong inside GitLab's container. Texts are those of Omnibus GitLab. */

import { allWords, lineWith, ofRole, type Recogniser } from '../../contracts/cause.ts';

const rootPassword = ofRole('gitlab', {
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

const upgradePath = ofRole('gitlab', {
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

const reconfigure = ofRole('gitlab', {
  name: 'reconfigure failed',
  recognise: ({ log }) =>
    /There was an error running gitlab-ctl reconfigure|Running handlers complete[\s\S]*Infra Phase failed/i.test(log)
      ? {
          what: "GitLab's own `gitlab-ctl reconfigure` failed, which ends its container",
          next: 'the first error above that line names the cause; a setting edited by hand in /etc/gitlab/gitlab.rb wins over ours',
        }
      : undefined,
});

const monitoring = ofRole('gitlab', {
  name: 'health pages closed',
  recognise: (symptoms) =>
    /nginx returned 404/.test(allWords(symptoms))
      ? {
          what: 'GitLab does not let the prober ask its health pages',
          next: 'its monitoring_whitelist must hold the addresses of the stack: an /etc/gitlab/gitlab.rb edited by hand may overrule ours',
        }
      : undefined,
});

const booting = ofRole('gitlab', {
  name: 'GitLab still boots',
  explains: 'patience',
  recognise: ({ code, exit, said }) =>
    code === 'GATE_TIMED_OUT' && exit === undefined && /50[23]|ECONNREFUSED|connection refused/i.test(said)
      ? {
          what: 'GitLab was still booting: a first start takes 3 to 8 minutes on an ordinary machine, longer on a small one',
          next: 'give it longer: `timeouts: { gitlab: 30m }` in chatops.yaml; it boots on meanwhile, so `chatops-up up` goes on from there',
        }
      : undefined,
});

/** Whatever asks GitLab meets it. */
const deadToken: Recogniser = {
  name: 'dead token',
  explains: 'refusal',
  recognise: ({ code, said }) =>
    code === 'TOKEN_INVALID'
      ? {
          what: `GitLab does not take the token of .env${/expired/i.test(said) ? ': it has expired' : ''}; a bundled GitLab learns it at its first start alone`,
          next: 'put the old value of CHATOPS_GITLAB_TOKEN back into .env, or a new token of an administrator with scope api (20 characters)',
        }
      : undefined,
};

export const gitlabCauses: readonly Recogniser[] = [
  deadToken,
  rootPassword,
  upgradePath,
  reconfigure,
  monitoring,
  booting,
];
