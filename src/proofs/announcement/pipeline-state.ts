/** How far a pipeline is, in one line for people. Pure. */
import { ENDED_STATUSES, type HookDelivery, type Pipeline, type PipelineJob } from '../../contracts/forge.ts';

export const hasEnded = ({ status }: Pick<Pipeline, 'status'>): boolean => ENDED_STATUSES.includes(status);

/** What a pipeline that has not ended waits for. */
export const pipelineState = ({ id, status }: Pipeline, jobs: readonly PipelineJob[]): string => {
  const pending = jobs.find((job) => job.status === 'pending');
  const running = jobs.find((job) => job.status === 'running');
  const said = `pipeline ${id} is ${status}`;
  if (running) return `${said}: job ${running.name} is at work${running.runner ? ` on ${running.runner}` : ''}`;
  if (pending) return `${said}: no runner has taken its job ${pending.name}`;
  return status === 'manual' ? `${said}: it waits to be started by hand` : said;
};

/** What the forge sent when this pipeline had ended; undefined when it has not, or keeps no log. */
export const lastDelivery = (
  deliveries: readonly HookDelivery[] | undefined,
  pipeline: Pipeline,
): HookDelivery | undefined =>
  deliveries?.find(
    ({ kind, objectId, status = '' }) => kind === 'pipeline' && objectId === pipeline.id && hasEnded({ status }),
  );

export const wasTaken = ({ responseStatus }: HookDelivery): boolean => /^2\d\d$/.test(responseStatus);
