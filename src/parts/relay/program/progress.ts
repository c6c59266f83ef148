/**
 * How far a pipeline is: GitLab's deliveries may overtake each other, and a message must not go back in time. A pipeline
 * itself may go back, though: a job tried again is a new job with a higher id, and a manual job that is started moves.
 */
import { at, list, text, whole } from '../../../notifier/core/read.ts';

/** Compared from the left: highest id of a job, how far all jobs are together, how far the pipeline says it is. */
export type Progress = readonly [number, number, number];

const RANKS: Readonly<Record<string, number>> = {
  created: 0,
  manual: 0,
  scheduled: 0,
  waiting_for_resource: 1,
  waiting_for_callback: 1,
  preparing: 1,
  pending: 2,
  running: 3,
  canceling: 4,
};
const ENDED = 5;

const rankOf = (status: unknown): number => RANKS[text(status)] ?? ENDED;

export const progressOf = (payload: unknown): Progress => {
  const builds = list(at(payload, 'builds'));
  const ids = builds.map((build) => whole(at(build, 'id')) ?? 0);
  const status = text(at(payload, 'object_attributes', 'status'));
  return [
    ids.reduce((most, id) => Math.max(most, id), 0),
    builds.reduce<number>((sum, build) => sum + rankOf(at(build, 'status')), 0),
    // Of a pipeline, waiting for a user comes after running: everything else has been done by then.
    status === 'manual' ? ENDED : rankOf(status),
  ];
};

export const isFurther = (now: Progress, before: Progress): boolean => {
  const index = now.findIndex((part, position) => part !== before[position]);
  return index >= 0 && (now[index] ?? 0) > (before[index] ?? 0);
};
