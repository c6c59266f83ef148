import type { Config } from '../../config/config.ts';
import { imageNamed, portNamed } from '../../config/named.ts';
import type { Call, ReceiverRef, ServiceNode } from '../../stack/stack.ts';
import { isThere } from './is-there.ts';
import { omnibusConfig } from './omnibus.ts';
import { OWN_SETTINGS_SCRIPT } from './own-settings.ts';
import type { GitLabProbeSpec } from './probes/gitlab.ts';
import type { GitLabAliveSpec } from './probes/gitlab-alive.ts';
import type { GitLabReadySpec } from './probes/gitlab-ready.ts';
import { GITLAB_READ_TOKEN, GITLAB_ROOT_PASSWORD, GITLAB_TOKEN } from './secret-names.ts';
import { GITLAB_ENDPOINT, GITLAB_SSH_PORT, gitlabTarget } from './target.ts';
import { TOKEN_SCRIPT } from './token-script.ts';

const hookCalls = ({ target, kind }: ReceiverRef): readonly Call[] =>
  target.kind === 'service'
    ? [{ to: target.endpoint, because: kind === 'relay' ? 'its hooks call the relay' : 'its hooks call the chat' }]
    : [];

/**
 * No gate: the chat must never hold GitLab back. Its readiness is ours, as the image's HEALTHCHECK says `healthy`
 * a minute after the start while GitLab still boots (from 19.1.0 on).
 */
export const gitlab = (config: Config, receiver: ReceiverRef): ServiceNode => ({
  kind: 'service',
  name: GITLAB_ENDPOINT.service,
  role: 'gitlab',
  gates: [],
  alive: { what: 'gitlab-alive', target: gitlabTarget(config) } satisfies GitLabAliveSpec,
  ready: { what: 'gitlab-ready', target: gitlabTarget(config) } satisfies GitLabReadySpec,
  usable: {
    what: 'gitlab',
    target: gitlabTarget(config),
    token: GITLAB_READ_TOKEN,
    inside: true,
  } satisfies GitLabProbeSpec,
  // 3 to 8 minutes on an ordinary host.
  readyWithinMs: 900_000,
  calls: isThere(config, receiver) ? hookCalls(receiver) : [],
  // About 3 GiB idle when it runs as slim as here (measured on 19.x by others), more while it starts: its first token
  // takes a whole Rails besides. Its page for small hosts says 2 GB and 1 GB of swap at least, for one user
  // (ob:doc/settings/memory_constrained_envs.md); its requirements for teams 8 to 16 GB (docs.gitlab.com/install/requirements).
  needs: {
    memoryGib: 4,
    peakGib: 1,
    imageGib: 4,
    spared: 'leave GitLab to another machine with `gitlab: { url: … }`, or out with `gitlab: none`',
  },
  container: {
    image: imageNamed(config, 'gitlab'),
    environment: {
      GITLAB_OMNIBUS_CONFIG: omnibusConfig(config),
      GITLAB_PRE_RECONFIGURE_SCRIPT: OWN_SETTINGS_SCRIPT,
      GITLAB_POST_RECONFIGURE_SCRIPT: TOKEN_SCRIPT,
      // Counts only when the database is first made.
      GITLAB_ROOT_PASSWORD: { secret: GITLAB_ROOT_PASSWORD },
      [GITLAB_TOKEN]: { secret: GITLAB_TOKEN },
      [GITLAB_READ_TOKEN]: { secret: GITLAB_READ_TOKEN },
    },
    listens: [GITLAB_ENDPOINT.port, GITLAB_SSH_PORT],
    publishes: { [GITLAB_SSH_PORT]: portNamed(config, 'ssh') },
    volumes: [
      { source: 'gitlab-config', target: '/etc/gitlab', readOnly: false },
      { source: 'gitlab-logs', target: '/var/log/gitlab', readOnly: false },
      { source: 'gitlab-data', target: '/var/opt/gitlab', readOnly: false },
    ],
    aliases: [],
    allows: [
      { what: 'user', because: 'its image is a whole machine: it starts a dozen servers, each as a user of its own' },
      {
        what: 'capabilities',
        which: 'default',
        because: 'its servers change users and owners as they start; what is enough for that could not be tried here',
      },
      { what: 'privileges', because: 'whether its own commands can do without could not be tried here' },
      { what: 'writes', because: 'it configures itself anew at every start, all over its image' },
    ],
    // Twice its everyday use: it takes more while it starts or migrates.
    most: { memoryMib: 8192, cpus: 4 },
    mostProcesses: 4096,
    // Docker's 64 MB are too small for GitLab's metrics files.
    shmSizeMb: 256,
    stopGraceS: 60,
    // Its call boots nothing but goes through the whole of Rails.
    pace: { timeoutS: 30, retries: 3, startIntervalS: 5 },
  },
});
