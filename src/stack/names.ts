/**
 * Names of services and jobs, and of their ports: written here once, so that a gate, a probe and
 * an address always mean the same thing.
 */

import type { Config } from '../config/config.ts';
import { sectionOf } from '../config/section.ts';
import { DATABASE } from '../contracts/sections/database.ts';
import type { Endpoint, VolumeMount } from './stack.ts';

export const PORTS = {
  /** mongod's own default. */
  mongo: 27017,
  rocketchat: 3000,
  gitlab: 80,
  gitlabSsh: 22,
  /** Where the runner serves its metrics; registered for it in Prometheus' port list. */
  runnerMetrics: 9252,
  prober: 9099,
  /** Where the bot tells whether it is of use; nobody else's default. */
  bot: 9098,
  /** Where the relay takes GitLab's deliveries. */
  relay: 9095,
} as const;

/** `mongo`, `mongo-1`, `mongo-2`, …: by ordinal, so that growing and shrinking never renames a member. */
export const mongoMember = (ordinal: number): string => (ordinal === 0 ? 'mongo' : `mongo-${ordinal}`);

export const mongoMembers = (config: Config): readonly Endpoint[] =>
  Array.from({ length: sectionOf(config, DATABASE).members }, (_, ordinal) => ({
    service: mongoMember(ordinal),
    port: PORTS.mongo,
  }));

/** What everything made by this stack on a server carries, so that a person's own things are told apart. */
export const markOf = ({ name }: Config): string => `chatops-up:${name}`;

export const webhookName = (config: Config): string => `${markOf(config)} gitlab`;

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
/** What is asked of every service. */
export const PROBES_FILE = 'healthchecks/probes.json';

/** What jobs remember from run to run (proofs). */
export const JOBS_VOLUME: VolumeMount = { source: 'jobs', target: `${JOBS_DIRECTORY}/.chatops`, readOnly: false };

/** Variable in which the relay of a stack finds its settings, JSON; no secret stands in them. */
export const RELAY_SETTINGS = 'CHATOPS_RELAY_SETTINGS';
