import { secretNames } from '../../stack/secret-names.ts';
import { RUNNER_CONFIG_VOLUME } from '../../stack/services/gitlab-runner.ts';
import type { JobNode, Stack, VolumeMount } from '../../stack/stack.ts';
import type { ComposeBase } from './base.ts';
import { dependsOn, environment, NETWORK, volumes } from './parts.ts';
import type { Plain } from './text.ts';

/** The stack directory as jobs see it: the configuration, and a volume of their own for what they remember. */
const DIRECTORY = '/stack';
const CONFIG: VolumeMount = { source: './chatops.yaml', target: `${DIRECTORY}/chatops.yaml`, readOnly: true };
const MEMORY: VolumeMount = { source: 'jobs', target: `${DIRECTORY}/.chatops`, readOnly: false };
const RUNNER_TEMPLATE: VolumeMount = {
  source: './gitlab-runner/config.toml',
  target: `${DIRECTORY}/gitlab-runner/config.toml`,
  readOnly: true,
};

export const jobVolumes = ({ job }: JobNode): readonly VolumeMount[] => [
  CONFIG,
  MEMORY,
  ...(job.job === 'runner-registration' ? [RUNNER_TEMPLATE, RUNNER_CONFIG_VOLUME] : []),
];

/** A one-shot service: runs the job to completion; run again, it changes nothing. */
export const composeJob = (node: JobNode, { config }: Stack, base: ComposeBase): Plain => ({
  image: config.images.tools,
  command: ['job', node.name, '--in-network'],
  working_dir: DIRECTORY,
  ...base.every,
  ...base.job,
  ...dependsOn(node.gates),
  ...environment(Object.fromEntries(secretNames(node.job).map((secret) => [secret, { secret }]))),
  ...volumes(jobVolumes(node)),
  networks: { [NETWORK]: {} },
});
