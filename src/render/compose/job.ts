import { RUNNER_CONFIG_VOLUME } from '../../parts/gitlab-runner/service.ts';
import { authorityEnvironment, authorityVolumes } from '../../stack/authority.ts';
import { JOBS_DIRECTORY, JOBS_VOLUME } from '../../stack/names.ts';
import { secretNames } from '../../stack/secret-names.ts';
import type { JobNode, Stack, VolumeMount } from '../../stack/stack.ts';
import type { ComposeBase } from './base.ts';
import { dependsOn, environment, NETWORK, volumes } from './parts.ts';
import type { Plain } from './text.ts';

/** The configuration stands in the stack directory, beside a volume for what jobs remember. */
const CONFIG: VolumeMount = { source: './chatops.yaml', target: `${JOBS_DIRECTORY}/chatops.yaml`, readOnly: true };
const RUNNER_TEMPLATE: VolumeMount = {
  source: './gitlab-runner/config.toml',
  target: `${JOBS_DIRECTORY}/gitlab-runner/config.toml`,
  readOnly: true,
};

export const jobVolumes = ({ job }: JobNode): readonly VolumeMount[] => [
  CONFIG,
  JOBS_VOLUME,
  ...(job.job === 'runner-registration' ? [RUNNER_TEMPLATE, RUNNER_CONFIG_VOLUME] : []),
];

/** A one-shot service: runs the job to completion; run again, it changes nothing. */
export const composeJob = (node: JobNode, { config }: Stack, base: ComposeBase): Plain => ({
  image: config.images.tools,
  command: ['job', node.name, '--in-network'],
  working_dir: JOBS_DIRECTORY,
  ...base.every,
  ...base.job,
  ...dependsOn(node.gates),
  ...environment({
    ...Object.fromEntries(secretNames(node.job).map((secret) => [secret, { secret }])),
    ...authorityEnvironment(config),
  }),
  ...volumes([...jobVolumes(node), ...authorityVolumes(config)]),
  networks: { [NETWORK]: {} },
});
