/** GitLab's replies, only the fields we use, and what they are in our words. */
import { z } from 'zod';
import type {
  ForgeGroup,
  ForgeHook,
  ForgeProject,
  HookDelivery,
  HookEvent,
  Pipeline,
  PipelineJob,
  SwitchedOff,
} from '../../../contracts/forge.ts';
import type {
  ForgeRunner,
  RunnerCredentials,
  RunnerManager,
  RunnerSummary,
  RunnerToken,
} from '../../../contracts/forge-runners.ts';
import { Secret } from '../../../values/secret.ts';
import type { GitLabUser, GitLabVersion, OwnToken } from '../gitlab.ts';

const textOrNull = z.string().nullish();

export const versionSchema = z
  .object({ version: z.string(), enterprise: z.boolean().optional() })
  .transform(({ version, enterprise }): GitLabVersion => {
    // Strings such as `19.3.0-pre` and `17.5.1-ee` occur: only major and minor are compared.
    const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
    return {
      text: version,
      major: Number(major ?? 0),
      minor: Number(minor ?? 0),
      enterprise: enterprise ?? version.includes('-ee'),
    };
  });

export const ownTokenSchema = z
  .object({ name: textOrNull, active: z.boolean(), scopes: z.array(z.string()) })
  .transform(({ name, active, scopes }): OwnToken => ({ name: name ?? '', active, scopes }));

export const userSchema = z
  .object({ username: z.string(), is_admin: z.boolean().optional() })
  .transform((user): GitLabUser => ({ username: user.username, isAdmin: user.is_admin ?? false }));

export const settingsSchema = z.object({ outbound_local_requests_whitelist: z.array(z.string()).nullish() });

export const groupSchema = z
  .object({ id: z.number(), full_path: z.string() })
  .transform((group): ForgeGroup => ({ id: group.id, path: group.full_path }));

/** Of the repository files API: base64. */
export const fileSchema = z.object({ content: z.string() });

export const projectSchema = z
  .object({
    id: z.number(),
    path_with_namespace: z.string(),
    description: textOrNull,
    default_branch: textOrNull,
    empty_repo: z.boolean().optional(),
  })
  .transform(
    (project): ForgeProject => ({
      id: project.id,
      path: project.path_with_namespace,
      description: project.description ?? '',
      // An empty project may already name the branch it will have.
      defaultBranch: project.empty_repo ? undefined : (project.default_branch ?? undefined),
    }),
  );

/** Our event → GitLab's field. */
export const EVENT_FIELDS: Readonly<Record<HookEvent, string>> = {
  push: 'push_events',
  tag_push: 'tag_push_events',
  issues: 'issues_events',
  confidential_issues: 'confidential_issues_events',
  note: 'note_events',
  merge_requests: 'merge_requests_events',
  pipeline: 'pipeline_events',
  job: 'job_events',
  wiki_page: 'wiki_page_events',
  deployment: 'deployment_events',
  releases: 'releases_events',
  milestone: 'milestone_events',
  feature_flag: 'feature_flag_events',
  emoji: 'emoji_events',
};

const EVENTS = Object.entries(EVENT_FIELDS) as readonly (readonly [HookEvent, string])[];
const KNOWN_FIELDS: ReadonlySet<string> = new Set(Object.values(EVENT_FIELDS));

/** Undefined where the field is missing, '' where it is null. */
const present = (value: string | null | undefined): string | undefined => (value === null ? '' : value);

/**
 * Its state is read, never computed: the rules by which failures switch a hook off have changed (17.11,
 * gitlab-org/gitlab!166329), and stand behind a flag (`auto_disabling_web_hooks`).
 */
const switchedOff = (status: string | null | undefined, until: string | null | undefined): SwitchedOff | undefined => {
  if ((status ?? 'executable') === 'executable') return undefined;
  const forGood = status !== 'temporarily_disabled';
  return { forGood, until: forGood ? undefined : (until ?? undefined) };
};

export const hookSchema = z
  .looseObject({
    id: z.number(),
    url: z.string(),
    name: textOrNull,
    description: textOrNull,
    alert_status: textOrNull,
    disabled_until: textOrNull,
    created_at: textOrNull,
    token_present: z.boolean().optional(),
  })
  .transform((hook): Omit<ForgeHook, 'ageMs'> & { readonly madeAt: string | undefined } => ({
    id: hook.id,
    url: new Secret(hook.url),
    name: present(hook.name),
    description: present(hook.description),
    events: Object.fromEntries(
      EVENTS.filter(([, field]) => typeof hook[field] === 'boolean').map(([event, field]) => [
        event,
        hook[field] === true,
      ]),
    ),
    otherEvents: Object.keys(hook).filter(
      (key) => key.endsWith('_events') && !KNOWN_FIELDS.has(key) && hook[key] === true,
    ),
    off: switchedOff(hook.alert_status, hook.disabled_until),
    tokenPresent: hook.token_present,
    madeAt: hook.created_at ?? undefined,
  }));

const RUNNER_TYPES = { instance_type: 'instance', group_type: 'group', project_type: 'project' } as const;

const runnerShape = {
  id: z.number(),
  description: textOrNull,
  runner_type: z.enum(['instance_type', 'group_type', 'project_type']),
};

export const runnerSummarySchema = z.object(runnerShape).transform(
  (runner): RunnerSummary => ({
    id: runner.id,
    description: runner.description ?? '',
    type: RUNNER_TYPES[runner.runner_type],
  }),
);

export const runnerSchema = z
  .object({
    ...runnerShape,
    tag_list: z.array(z.string()),
    run_untagged: z.boolean(),
    maintenance_note: textOrNull,
    paused: z.boolean().optional(),
  })
  .transform(
    (runner): ForgeRunner => ({
      id: runner.id,
      description: runner.description ?? '',
      type: RUNNER_TYPES[runner.runner_type],
      tags: runner.tag_list,
      runUntagged: runner.run_untagged,
      maintenanceNote: runner.maintenance_note ?? '',
      ...(runner.paused === true
        ? { paused: `resume it in GitLab (Admin → CI/CD → Runners, or PUT /runners/${runner.id} with paused=false)` }
        : {}),
    }),
  );

/** `token_expires_at` stands in the answers of creating, verifying and resetting (gl:lib/api/entities/ci/*runner*.rb). */
const expiring = { token_expires_at: z.iso.datetime({ offset: true }).nullish() };
const runnerTokenShape = { token: z.string().min(1), ...expiring };

export const runnerTokenSchema = z.object(runnerTokenShape).transform(
  ({ token, token_expires_at }): RunnerToken => ({
    token: new Secret(token),
    expiresAt: token_expires_at ?? undefined,
  }),
);
export const runnerCreatedSchema = z.object({ ...runnerTokenShape, id: z.number() }).transform(
  ({ id, token, token_expires_at }): RunnerCredentials => ({
    id,
    token: new Secret(token),
    expiresAt: token_expires_at ?? undefined,
  }),
);
export const runnerVerifiedSchema = z
  .object({ id: z.number(), ...expiring })
  .transform(({ id, token_expires_at }) => ({ id, expiresAt: token_expires_at ?? undefined }));

export const runnerManagerSchema = z
  .object({ system_id: z.string(), version: textOrNull, contacted_at: textOrNull })
  .transform(
    (manager): RunnerManager => ({
      systemId: manager.system_id,
      version: manager.version ?? '',
      contactedAt: manager.contacted_at ?? undefined,
    }),
  );

export const pipelineSchema = z
  .object({ id: z.number(), status: z.string() })
  .transform(({ id, status }): Pipeline => ({ id, status }));

export const pipelineJobSchema = z
  .object({
    id: z.number(),
    name: z.string(),
    status: z.string(),
    failure_reason: textOrNull,
    runner: z.object({ description: textOrNull }).nullish(),
  })
  .transform(
    ({ id, name, status, failure_reason, runner }): PipelineJob => ({
      id,
      name,
      status,
      failureReason: failure_reason ?? undefined,
      runner: runner === null || runner === undefined ? undefined : (runner.description ?? ''),
    }),
  );

/** What was sent is users' data: only what names the event is looked at. */
const sentSchema = z.looseObject({
  object_kind: textOrNull,
  object_attributes: z
    .looseObject({ status: textOrNull.catch(undefined), id: z.number().optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});

/** From 17.4 on (gl:doc/user/project/integrations/webhooks.md, `Idempotency-Key`). */
const keyIn = (headers: Readonly<Record<string, unknown>>): string | undefined => {
  const found = headers['Idempotency-Key'];
  return typeof found === 'string' ? found : undefined;
};

/** Of the answer that was given to it, whose headers are shown as they came: `Sun, 26 May 2024 03:03:17 GMT`. */
const dateIn = (headers: Readonly<Record<string, unknown>>): string | undefined => {
  const [, said] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'date') ?? [];
  const at = typeof said === 'string' ? Date.parse(said) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

export const deliverySchema = z
  .object({
    id: z.number(),
    request_headers: z.record(z.string(), z.unknown()).nullish().catch(undefined),
    request_data: sentSchema.catch({}),
    response_status: z.union([z.string(), z.number()]).nullish(),
    response_headers: z.record(z.string(), z.unknown()).nullish().catch(undefined),
    response_body: textOrNull,
  })
  .transform(
    ({ id, request_headers, request_data, response_status, response_headers, response_body }): HookDelivery => ({
      id,
      key: keyIn(request_headers ?? {}),
      kind: request_data.object_kind ?? '',
      status: request_data.object_attributes?.status ?? undefined,
      objectId: request_data.object_attributes?.id,
      responseStatus: String(response_status ?? ''),
      responseBody: response_body ?? '',
      answeredAt: dateIn(response_headers ?? {}),
    }),
  );

export const sentAgainSchema = z.object({ response_status: z.union([z.string(), z.number()]) });
