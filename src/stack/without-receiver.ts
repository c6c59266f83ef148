import type { JobNode, JobSpec, ReceiverRef } from './stack.ts';

/** How a job is looked at while there is nothing yet that it could hand to a forge as receiver. */
export const withoutReceiver = (job: JobSpec & { readonly receiver: ReceiverRef }): Pick<JobNode, 'without'> => {
  const { receiver } = job;
  return { without: { [receiver.madeBy]: { ...job, receiver: { ...receiver, isNew: true } } } };
};
