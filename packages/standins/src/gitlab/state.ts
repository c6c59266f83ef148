/** The collections of one GitLab in the kit's store, and its number sequences, which never give a number twice. */

import { createHash } from 'node:crypto';
import { randomBytes } from '../kit/chance.ts';
import { type Collection, openStore } from '../kit/store.ts';
import type { DeliveryRecord, Waiting } from './hooks/records.ts';
import type {
  AccessToken,
  CiVariable,
  Commit,
  Group,
  Hook,
  Job,
  Label,
  Member,
  Pipeline,
  Project,
  Ref,
  Runner,
  RunnerManager,
  User,
} from './model.ts';
import type { Issue, MergeRequest, Note } from './model-issues.ts';
import type { Settings } from './settings.ts';

export interface State {
  readonly users: Collection<User>;
  readonly tokens: Collection<AccessToken>;
  readonly groups: Collection<Group>;
  readonly projects: Collection<Project>;
  readonly members: Collection<Member>;
  readonly hooks: Collection<Hook>;
  readonly runners: Collection<Runner>;
  readonly managers: Collection<RunnerManager>;
  readonly commits: Collection<Commit>;
  readonly refs: Collection<Ref>;
  readonly pipelines: Collection<Pipeline>;
  readonly jobs: Collection<Job>;
  readonly variables: Collection<CiVariable>;
  readonly labels: Collection<Label>;
  readonly issues: Collection<Issue>;
  readonly mergeRequests: Collection<MergeRequest>;
  readonly notes: Collection<Note>;
  readonly settings: Collection<Settings>;
  readonly outbox: Collection<Waiting>;
  readonly deliveries: Collection<DeliveryRecord>;
  /** Facts of the instance: whether it was seeded, its registration token. */
  readonly facts: Collection<string>;
  nextId(sequence: string): number;
  close(): void;
}

export const openState = (path: string): State => {
  const store = openStore(path);
  const sequences = store.collection<number>('sequences');
  return {
    users: store.collection('users'),
    tokens: store.collection('tokens'),
    groups: store.collection('groups'),
    projects: store.collection('projects'),
    members: store.collection('members'),
    hooks: store.collection('hooks'),
    runners: store.collection('runners'),
    managers: store.collection('managers'),
    commits: store.collection('commits'),
    refs: store.collection('refs'),
    pipelines: store.collection('pipelines'),
    jobs: store.collection('jobs'),
    variables: store.collection('variables'),
    labels: store.collection('labels'),
    issues: store.collection('issues'),
    mergeRequests: store.collection('merge-requests'),
    notes: store.collection('notes'),
    settings: store.collection('settings'),
    outbox: store.collection('outbox'),
    deliveries: store.collection('deliveries'),
    facts: store.collection('facts'),
    nextId: (sequence) => {
      const next = (sequences.get(sequence) ?? 0) + 1;
      sequences.put(sequence, next);
      return next;
    },
    close: () => store.close(),
  };
};

export const digestOf = (value: string): string => createHash('sha256').update(value).digest('hex');

/** `length` characters of `[A-Za-z0-9_-]`. */
export const randomText = (length: number): string => randomBytes(length).toString('base64url').slice(0, length);

export const isoTime = (ms: number): string => new Date(ms).toISOString();
export const isoTimeOrNull = (ms: number | null): string | null => (ms === null ? null : isoTime(ms));
