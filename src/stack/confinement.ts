/**
 * What a container may do on the machine that it runs on: nothing that its node does not ask for with a reason. Pure.
 * Names are those of Linux and of Docker (docs.docker.com/reference/compose-file/services).
 */
import { NOBODY_ID } from '../values/nobody.ts';
import { MOST } from './limits.ts';
import type { Allowance, ContainerSpec, StackNode } from './stack.ts';

export interface Confinement {
  /** Absent: the image's own. */
  readonly user?: string;
  /** Kept of all; `default`: those that an engine gives by itself. */
  readonly capabilities: readonly string[] | 'default';
  /** A program may gain more rights than the user that started it (setuid). */
  readonly newPrivileges: boolean;
  /** It writes beside its volumes. Else only in memory, under `/tmp`. */
  readonly writes: boolean;
  /** At a time, threads among them. */
  readonly mostProcesses: number;
  /** MiB. Absent: as much as there is. */
  readonly memoryMib?: number;
  /** Time on so many CPUs. Absent: on all there are. */
  readonly cpus?: number;
}

const NOBODY = String(NOBODY_ID);
const MOST_PROCESSES = 256;

const reasonFor = <W extends Allowance['what']>(
  allows: readonly Allowance[],
  what: W,
): Extract<Allowance, { what: W }> | undefined =>
  allows.find((each): each is Extract<Allowance, { what: W }> => each.what === what);

export const confined = ({ allows = [], mostProcesses = MOST_PROCESSES, most = MOST }: Confining): Confinement => ({
  ...(reasonFor(allows, 'user') ? {} : { user: NOBODY }),
  capabilities: reasonFor(allows, 'capabilities')?.which ?? [],
  newPrivileges: reasonFor(allows, 'privileges') !== undefined,
  writes: reasonFor(allows, 'writes') !== undefined,
  mostProcesses,
  ...(most.memoryMib === 'none' ? {} : { memoryMib: most.memoryMib }),
  ...(most.cpus === 'none' ? {} : { cpus: most.cpus }),
});

export type Confining = Pick<ContainerSpec, 'allows' | 'mostProcesses' | 'most'>;

/** Of the container that a job runs in. */
export const JOB_ALLOWS: readonly Allowance[] = [
  { what: 'user', because: 'volumes that it writes belong to root' },
  {
    what: 'capabilities',
    which: ['DAC_OVERRIDE'],
    because: 'files of the stack directory belong to whom chatops-up was run by, and may be theirs alone',
  },
];

/** Of the one that fills the volume of tools. */
export const INSTALL_ALLOWS: readonly Allowance[] = [
  { what: 'user', because: 'the volume that it fills belongs to root' },
];

export const allowsOf = (node: StackNode): readonly Allowance[] =>
  node.kind === 'job' ? JOB_ALLOWS : (node.container.allows ?? []);
