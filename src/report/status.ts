import type { Look } from '../engine/look.ts';
import { changeCount, conflictCount, type JobPlan } from '../engine/plan.ts';
import { describeStanding, type Standing } from '../engine/standing.ts';

const isUsable = ({ usable }: Standing): boolean => usable.answer === 'yes';

export const isHealthy = ({ plan, services }: Look): boolean =>
  changeCount(plan) === 0 && conflictCount(plan) === 0 && [...services.values()].every(isUsable);

export const statusJson = (look: Look): object => ({
  type: 'status',
  healthy: isHealthy(look),
  // `ready` for one that is usable, as since 0.1: programs compare it.
  services: Object.fromEntries(
    [...look.services].map(([name, standing]) => [name, isUsable(standing) ? 'ready' : describeStanding(standing)]),
  ),
  questions: Object.fromEntries(
    [...look.services].map(([name, { alive, ready, usable }]) => [name, { alive, ready, usable }]),
  ),
  plan: look.plan,
});

const jobState = ({ changes, conflicts, unseen }: JobPlan): string => {
  if (conflicts.length > 0) return `${conflicts.length} conflict${conflicts.length === 1 ? '' : 's'}`;
  if (unseen !== undefined) return `not looked at: ${unseen}`;
  return changes.length === 0
    ? 'as wanted'
    : `drift: ${changes.length} change${changes.length === 1 ? '' : 's'} wanted`;
};

/** A line per service and job, the broken links marked with `!`. */
export const statusText = (look: Look): string => {
  const { plan, services } = look;
  const names = [...services.keys(), ...plan.jobs.map(({ job }) => job)];
  const width = Math.max(...names.map((name) => name.length), 0) + 2;
  const line = (good: boolean, name: string, text: string): string =>
    `${good ? ' ' : '!'} ${name.padEnd(width)}${text}`;
  const lines = [
    ...[...services].map(([name, standing]) => line(isUsable(standing), name, describeStanding(standing))),
    ...plan.jobs.map((job) => {
      const text = jobState(job);
      return line(text === 'as wanted', job.job, text);
    }),
    ...(plan.files.length > 0 ? [line(false, 'files', `${plan.files.length} differ from chatops.yaml`)] : []),
    '',
    isHealthy(look) ? 'everything is usable and as wanted' : 'run `chatops-up plan` to see what would be done about it',
  ];
  return `${lines.join('\n')}\n`;
};
