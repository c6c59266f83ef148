import type { JobNode, JobSpec, ReceiverRef } from './stack.ts';

/**
 * How a job is looked at while the service that it hands to a forge as receiver is not there yet: its address is known
 * before there is one, so what is to be sent there can be planned.
 */
export const withoutReceiver = (job: JobSpec & { readonly receiver: ReceiverRef }): Pick<JobNode, 'without'> => {
  const { receiver } = job;
  if (receiver.kind !== 'relay') return {};
  return { without: { [receiver.madeBy]: { ...job, receiver: { ...receiver, isNew: true } } } };
};
