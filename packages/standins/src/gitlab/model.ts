/** The records a GitLab keeps, as they lie in the store. Times are simulated milliseconds since the epoch. */
import type { HookEvent } from './hooks/triggers.ts';

export interface User {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly state: 'active' | 'blocked';
  readonly admin: boolean;
  /** Of the personal namespace; namespaces and groups share one number sequence. */
  readonly namespaceId: number;
  readonly password: string;
  readonly createdAt: number;
}

export interface AccessToken {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly userId: number;
  /** Only a digest is kept: the value can never be read back. */
  readonly digest: string;
  readonly scopes: readonly string[];
  /** A date, `2026-12-31`; dead from the start of that day on. */
  readonly expiresAt: string | null;
  readonly revoked: boolean;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
  /** What the password grant gives is no personal access token. */
  readonly kind: 'personal' | 'oauth';
}

export type Visibility = 'private' | 'internal' | 'public';

export interface Group {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly fullPath: string;
  readonly parentId: number | null;
  readonly visibility: Visibility;
  readonly description: string;
  readonly createdAt: number;
}

export interface Project {
  readonly id: number;
  readonly name: string;
  readonly path: string;
  readonly fullPath: string;
  readonly namespace: { readonly kind: 'group' | 'user'; readonly id: number };
  readonly visibility: Visibility;
  readonly description: string | null;
  readonly defaultBranch: string;
  readonly creatorId: number;
  readonly archived: boolean;
  readonly createdAt: number;
  readonly lastActivityAt: number;
}

/** Guest 10, Planner 15, Reporter 20, Developer 30, Maintainer 40, Owner 50. */
export type AccessLevel = 5 | 10 | 15 | 20 | 30 | 40 | 50;

export interface Member {
  readonly source: 'project' | 'group';
  readonly sourceId: number;
  readonly userId: number;
  readonly accessLevel: number;
  readonly createdAt: number;
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export interface Hook {
  readonly id: number;
  readonly owner: { readonly kind: 'project' | 'group'; readonly id: number } | { readonly kind: 'system' };
  readonly url: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly token: string | null;
  readonly signingToken: string | null;
  readonly events: Readonly<Partial<Record<HookEvent, boolean>>>;
  readonly enableSslVerification: boolean;
  readonly pushEventsBranchFilter: string | null;
  readonly branchFilterStrategy: 'wildcard' | 'regex' | 'all_branches';
  readonly customWebhookTemplate: string | null;
  readonly customHeaders: readonly KeyValue[];
  readonly urlVariables: readonly KeyValue[];
  readonly createdAt: number;
  /** Failures in a row. */
  readonly recentFailures: number;
  readonly backoffCount: number;
  readonly disabledUntil: number | null;
}

export type RunnerType = 'instance_type' | 'group_type' | 'project_type';

export interface Runner {
  readonly id: number;
  readonly digest: string;
  /** Simulated ms; from then on its token is unknown. Null, and absent in older states: never. */
  readonly tokenExpiresAt?: number | null;
  /** The first characters after the prefix: what lists and logs may show of a token. */
  readonly type: RunnerType;
  readonly groupId: number | null;
  readonly projectIds: readonly number[];
  readonly description: string | null;
  readonly maintenanceNote: string | null;
  readonly tags: readonly string[];
  readonly runUntagged: boolean;
  readonly locked: boolean;
  readonly paused: boolean;
  readonly accessLevel: 'not_protected' | 'ref_protected';
  readonly maximumTimeout: number | null;
  readonly creatorId: number | null;
  readonly contactedAt: number | null;
  readonly createdAt: number;
}

export interface RunnerManager {
  readonly id: number;
  readonly runnerId: number;
  readonly systemId: string;
  readonly version: string | null;
  readonly revision: string | null;
  readonly platform: string | null;
  readonly architecture: string | null;
  readonly executor: string | null;
  readonly ipAddress: string;
  readonly createdAt: number;
  readonly contactedAt: number;
}

export interface Commit {
  readonly sha: string;
  readonly projectId: number;
  readonly parents: readonly string[];
  readonly message: string;
  readonly authorName: string;
  readonly authorEmail: string;
  readonly createdAt: number;
  /** Path → blob. */
  readonly tree: Readonly<Record<string, { readonly sha: string; readonly executable: boolean }>>;
}

export interface Ref {
  readonly projectId: number;
  readonly kind: 'branch' | 'tag';
  readonly name: string;
  readonly sha: string;
}

export type JobStatus =
  | 'created'
  | 'pending'
  | 'running'
  /** Canceled, and still run by a runner that has not heard of it, or that clears up. */
  | 'canceling'
  | 'success'
  | 'failed'
  | 'canceled'
  | 'skipped'
  | 'manual';

export interface Pipeline {
  readonly id: number;
  readonly iid: number;
  readonly projectId: number;
  readonly ref: string;
  readonly tag: boolean;
  readonly sha: string;
  readonly beforeSha: string;
  readonly source: 'push' | 'api' | 'web';
  readonly status: JobStatus;
  readonly stages: readonly string[];
  readonly variables: readonly KeyValue[];
  readonly yamlErrors: string | null;
  readonly userId: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}

/** A CI variable of a project. */
export interface CiVariable {
  readonly projectId: number;
  readonly key: string;
  readonly value: string;
  readonly type: 'env_var' | 'file';
  readonly description: string | null;
  /** For pipelines of protected branches only; that is the default one here. */
  readonly isProtected: boolean;
  readonly isMasked: boolean;
  readonly isRaw: boolean;
}

export interface Label {
  readonly id: number;
  readonly projectId: number;
  readonly name: string;
  readonly color: string;
  readonly description: string | null;
  readonly priority: number | null;
}

export interface Job {
  readonly id: number;
  readonly projectId: number;
  readonly pipelineId: number;
  readonly name: string;
  readonly stage: string;
  readonly status: JobStatus;
  readonly when: 'on_success' | 'on_failure' | 'always' | 'manual' | 'delayed' | 'never';
  readonly allowFailure: boolean;
  readonly tags: readonly string[];
  readonly script: readonly string[];
  readonly afterScript: readonly string[];
  readonly variables: readonly KeyValue[];
  readonly image: string | null;
  readonly runnerId: number | null;
  readonly tokenDigest: string | null;
  /** The runner that has it ends a canceled job by itself and says when it has. */
  readonly cancelsGracefully?: boolean;
  /** Another one has been made in its place. */
  readonly retried?: boolean;
  readonly failureReason: string | null;
  readonly createdAt: number;
  readonly queuedAt: number | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
}
