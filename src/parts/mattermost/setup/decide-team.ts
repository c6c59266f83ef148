import type { SetupChange } from './change.ts';
import type { PartDecision } from './part-decision.ts';
import type { Seen } from './seen.ts';
import type { MattermostSetupSpec } from './spec.ts';

/** Everybody of ours: who is not in the team sees none of its channels. */
const wanted = ({ admin, bot, users }: MattermostSetupSpec): readonly string[] =>
  [admin, bot, ...users].map(({ username }) => username);

const create = (name: string): SetupChange => ({
  action: 'create',
  resource: 'team',
  name,
  cause: `there is no team ${name}`,
  step: { kind: 'team', name },
});

const member = (team: string, username: string): SetupChange => ({
  action: 'create',
  resource: 'membership',
  name: `${username} in team ${team}`,
  cause: `${username} is not inside`,
  step: { kind: 'team-member', username },
});

/** A team that is there already is used, not shaped. Who makes one is in it. */
export const decideTeam = (spec: MattermostSetupSpec, { team }: Seen): PartDecision => {
  const inside = team?.members ?? [spec.admin.username];
  const missing = wanted(spec).filter((username) => !inside.includes(username));
  return {
    changes: [...(team ? [] : [create(spec.team)]), ...missing.map((username) => member(spec.team, username))],
    conflicts: [],
    warnings: [],
  };
};
