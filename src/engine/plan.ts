/** The plan: everything that would be done, as data, with a text form for people and tests. */
import type { Change, Conflict } from '../contracts/job.ts';
import type { KeptSetting } from '../stack/stack.ts';

export interface FileStep {
  readonly path: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly cause: string;
}

export interface ServiceStep {
  readonly service: string;
  readonly action: 'create' | 'update' | 'delete';
  readonly cause: string;
  /** Settings of its own that it is given. Absent: none. */
  readonly keeps?: readonly KeptSetting[];
}

export interface JobPlan {
  readonly job: string;
  readonly changes: readonly Change[];
  readonly conflicts: readonly Conflict[];
  readonly warnings: readonly string[];
  /** Why the server could not be looked at; the changes are then those for a brand-new one. */
  readonly unseen?: string;
}

export interface Plan {
  readonly files: readonly FileStep[];
  readonly services: readonly ServiceStep[];
  readonly jobs: readonly JobPlan[];
}

export const changeCount = (plan: Plan): number =>
  plan.files.length + plan.services.length + plan.jobs.reduce((sum, { changes }) => sum + changes.length, 0);

export const conflictCount = (plan: Plan): number =>
  plan.jobs.reduce((sum, { conflicts }) => sum + conflicts.length, 0);

const SIGN = { create: '+', update: '~', delete: '-' } as const;

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];

const jobLines = ({ changes, conflicts, warnings, unseen }: JobPlan): readonly string[] => [
  ...(unseen === undefined || changes.length === 0 ? [] : [`(as for a new server: ${unseen})`]),
  ...changes.map(({ action, resource, name, cause }) => `${SIGN[action]} ${resource} ${name}  (${cause})`),
  ...conflicts.map(({ resource, name, why }) => `! ${resource} ${name}: ${why}`),
  ...warnings.map((text) => `warning: ${text}`),
];

const serviceLines = ({ action, service, cause, keeps = [] }: ServiceStep): readonly string[] => [
  `${SIGN[action]} ${service}  (${cause})`,
  ...keeps.map(({ name, value, because }) => `    its setting ${name}: ${value}  (${because})`),
];

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

const objectCount = ({ jobs }: Plan): number => jobs.reduce((sum, { changes }) => sum + changes.length, 0);

/** `4 changes: 1 file, 1 service, 2 objects`; parts that are none are left out. */
export const countText = (files: number, services: number, objects: number): string => {
  const total = files + services + objects;
  const parts = [
    ...(files > 0 ? [plural(files, 'file')] : []),
    ...(services > 0 ? [plural(services, 'service')] : []),
    ...(objects > 0 ? [plural(objects, 'object')] : []),
  ];
  return total === 0 ? '0 changes' : `${plural(total, 'change')}: ${parts.join(', ')}`;
};

/**
 * ```text
 * files
 *   ~ compose.yaml  (rendering differs)
 *
 * wiki-setup
 *   + room ops  (chat.rooms[0] asks for it, there is none)
 *
 * 2 changes: 1 file, 1 object
 * ```
 */
export const planToText = (plan: Plan): string => {
  const conflicts = conflictCount(plan);
  const lines = [
    ...section(
      'files',
      plan.files.map(({ action, path, cause }) => `${SIGN[action]} ${path}  (${cause})`),
    ),
    ...section('services', plan.services.flatMap(serviceLines)),
    ...plan.jobs.flatMap((job) => section(job.job, jobLines(job))),
    `${countText(plan.files.length, plan.services.length, objectCount(plan))}${conflicts > 0 ? `, ${plural(conflicts, 'conflict')}` : ''}`,
  ];
  return `${lines.join('\n')}\n`;
};
