/** Names that everything in a stack shares, written here once. Those of a product stand in its part. */
import type { Config } from '../config/config.ts';
import type { VolumeMount } from './stack.ts';

/** What everything made by this stack on a server carries, so that it is never taken for what users made. */
export const markOf = ({ name }: Config): string => `chatops-up:${name}`;

/** The stack whose mark stands in a text; undefined where there is none: a user made it. */
export const stackMarkedIn = (text: string): string | undefined => /chatops-up:([a-z0-9][a-z0-9_-]*)/.exec(text)?.[1];

/** Why something of another stack of ours is left alone, and what to do: most often the stack was renamed. */
export const ofOtherStack = (other: string): { readonly why: string; readonly next: string } => ({
  why: `it belongs to the stack ${other}, which made it`,
  next: `if this stack was called that before, set \`name: ${other}\` back in chatops.yaml; if not, choose another name here`,
});

/**
 * Name of a host of the front door for those who take its public one for themselves: `*.localhost` is the loopback to
 * many a program, which never asks a resolver for it (RFC 6761, 6.3). `.internal` is reserved for private use (ICANN, 2024).
 */
export const insideName = ({ name }: Pick<Config, 'name'>, label: string): string =>
  `${label}.${name.replaceAll('_', '-')}.internal`;

/** The stack directory as jobs see it. */
export const JOBS_DIRECTORY = '/stack';

/** What jobs are to do, as rendered: the path in the stack directory, here and there alike. */
export const JOBS_FILE = 'compose/jobs.json';
/** Code of parts that are not ours, as rendered, and where containers find it that run it. */
export const PARTS_FILE = 'compose/parts.json';
export const PARTS_PLACE = '/etc/chatops/parts.json';

/** What is asked of every service. */
export const PROBES_FILE = 'healthchecks/probes.json';

/** What jobs remember from run to run (proofs). */
export const JOBS_VOLUME: VolumeMount = { source: 'jobs', target: `${JOBS_DIRECTORY}/.chatops`, readOnly: false };
