import type { Look } from '../engine/look.ts';
import { changeCount, conflictCount, type JobPlan } from '../engine/plan.ts';
import { describeStanding, type Standing } from '../engine/standing.ts';

const isUsable = ({ usable }: Standing): boolean => usable.answer === 'yes';

export const isHealthy = ({ plan, services }: Look): boolean =>
  changeCount(plan) === 0 && conflictCount(plan) === 0 && [...services.values()].every(isUsable);

/** Whether any service is there to be asked. */
const runs = ({ services }: Look): boolean => [...services.values()].some(({ absent }) => absent === undefined);

export interface LookedFrom {
  /** Its servers ran for the length of the look only. */
  readonly startedToLook: boolean;
}

export const statusJson = (look: Look, { startedToLook }: LookedFrom): object => ({
  type: 'status',
  healthy: isHealthy(look),
  runs: runs(look) && !startedToLook,
  startedToLook,
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

interface Row {
  readonly name: string;
  readonly good: boolean;
  readonly text: string;
}

const rowsOf = ({ plan, services }: Look): readonly Row[] => [
  ...[...services].map(([name, standing]) => ({ name, good: isUsable(standing), text: describeStanding(standing) })),
  ...plan.jobs.map((job) => {
    const text = jobState(job);
    return { name: job.job, good: text === 'as wanted', text };
  }),
  ...(plan.files.length > 0
    ? [{ name: 'files', good: false, text: `${plan.files.length} differ from chatops.yaml` }]
    : []),
];

const rowLines = (rows: readonly Row[], width: number): readonly string[] =>
  rows.map(({ good, name, text }) => `${good ? ' ' : '!'} ${name.padEnd(width)}${text}`);

const widthOf = (rows: readonly Row[]): number => Math.max(...rows.map(({ name }) => name.length), 0) + 2;

const verdict = (look: Look, startedToLook: boolean): string => {
  if (!runs(look)) return 'nothing runs: `chatops-up up` starts it';
  const forThis = startedToLook ? '; its servers were started for this look only (`up --stay` keeps them running)' : '';
  return isHealthy(look)
    ? `everything is usable and as wanted${forThis}`
    : `run \`chatops-up plan\` to see what would be done about it${forThis}`;
};

/** A line per service and job, the broken links marked with `!`. */
export const statusText = (look: Look, { startedToLook }: LookedFrom): string => {
  const rows = rowsOf(look);
  return `${[...rowLines(rows, widthOf(rows)), '', verdict(look, startedToLook)].join('\n')}\n`;
};

/** What differs between two looks, a line each; `usable` again and `as wanted` again are news too. */
export const statusChanges = (before: Look, after: Look): readonly string[] => {
  const known = new Map(rowsOf(before).map(({ name, text }) => [name, text]));
  const rows = rowsOf(after);
  const gone = [...known.keys()].filter((name) => !rows.some((row) => row.name === name));
  return [
    ...rowLines(
      rows.filter(({ name, text }) => known.get(name) !== text),
      widthOf(rows),
    ),
    // A row that went was about something to do.
    ...gone.map((name) => `  ${name.padEnd(widthOf(rows))}as wanted`),
  ];
};
