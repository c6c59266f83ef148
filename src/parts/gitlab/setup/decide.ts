/** Pure: what is wanted × what was seen → changes with their causes. */

import type { Decision } from '../../../contracts/job.ts';
import { decideHooks } from './decide-hooks.ts';
import { decideProjects } from './decide-projects.ts';
import type { GitLabChange, GitLabSeen } from './model.ts';
import { decideSendingAgain, settlingFor } from './settling.ts';
import type { GitLabSetupSpec } from './spec.ts';

/** Read, merged, written: what others put there stays. */
const decideAllowList = (spec: GitLabSetupSpec, seen: GitLabSeen): readonly GitLabChange[] => {
  if (spec.external || seen.allowList === undefined) return [];
  const missing = spec.allowList.filter((entry) => !seen.allowList?.includes(entry));
  if (missing.length === 0) return [];
  return [
    {
      what: 'allow-list',
      action: 'update',
      resource: 'setting',
      name: 'outbound_local_requests_whitelist',
      cause: `GitLab must be allowed to call ${missing.join(', ')}; the list has ${seen.allowList.length} other entries, which stay`,
      entries: missing,
    },
  ];
};

/** Last of all: by then every hook has the secret of `.env`. One that GitLab refused to save keeps the former one good. */
const decideForgetting = ({ receiver }: GitLabSetupSpec, seen: GitLabSeen): readonly GitLabChange[] => {
  if (!seen.rotates || seen.refused.size > 0) return [];
  const cause = 'it takes a former secret too, and every hook has the one in .env by then';
  return [{ what: 'forget-secrets', action: 'update', resource: 'webhook', name: receiver.name, cause }];
};

/** Every hook sends to the other one by then. */
const decideRetiring = ({ former, receiver }: GitLabSetupSpec, seen: GitLabSeen): readonly GitLabChange[] => {
  if (former === undefined || seen.former === undefined || seen.former.isOff || seen.refused.size > 0) return [];
  const cause = `${receiver.name} takes its place, and no hook sends to it by then`;
  return [{ what: 'retire', action: 'update', resource: 'webhook', name: former.name, cause }];
};

export const decide = (spec: GitLabSetupSpec, seen: GitLabSeen): Decision<GitLabChange> => {
  const hooks = decideHooks(spec, seen);
  const again = decideSendingAgain(seen);
  const changes = [
    ...decideAllowList(spec, seen),
    ...decideProjects(spec, seen),
    ...hooks.changes,
    ...again.changes,
    ...decideForgetting(spec, seen),
    ...decideRetiring(spec, seen),
  ];
  return {
    changes,
    conflicts: hooks.conflicts,
    warnings: [...hooks.warnings, ...again.warnings],
    ...(changes.length === 0 ? settlingFor(spec, seen) : {}),
  };
};
