import { JOB_ALLOWS } from '../../stack/confinement.ts';
import { JOBS_DIRECTORY, JOBS_FILE, JOBS_VOLUME } from '../../stack/names.ts';
import { secretNames } from '../../stack/secret-names.ts';
import type { JobNode, Stack, VolumeMount } from '../../stack/stack.ts';
import type { ComposeBase } from './base.ts';
import { confinement, dependsOn, environment, networks, volumes } from './parts.ts';
import type { Plain } from './text.ts';

/** What it is to do stands in the stack directory, beside a volume for what jobs remember. */
const TABLE: VolumeMount = { source: `./${JOBS_FILE}`, target: `${JOBS_DIRECTORY}/${JOBS_FILE}`, readOnly: true };

export const jobVolumes = ({ volumes: own = [] }: JobNode): readonly VolumeMount[] => [TABLE, JOBS_VOLUME, ...own];

/** A one-shot service: runs the job to completion; run again, it changes nothing. */
export const composeJob = (node: JobNode, stack: Stack, base: ComposeBase, carried: readonly VolumeMount[]): Plain => ({
  image: stack.toolsImage,
  command: ['job', node.name, '--in-network'],
  working_dir: JOBS_DIRECTORY,
  ...base.every,
  ...base.job,
  ...confinement({ allows: JOB_ALLOWS }),
  ...dependsOn(node.gates),
  ...environment({
    ...Object.fromEntries(secretNames(node.job).map((secret) => [secret, { secret }])),
    ...node.environment,
  }),
  ...volumes([...jobVolumes(node), ...carried]),
  ...networks(node.name, stack),
});
