/** `/api/v4/teams` (server/channels/api4/team.go, app/team.go): every team has two channels that all its members are in. */
import type { StandinReply } from '../kit/http-standin.ts';
import { ok, refusal } from './answers.ts';
import { type Call, fieldsOf, ID, pageOf, path, type Route, textOf } from './call.ts';
import { forbidden, isAdmin } from './people.ts';
import { channelOf, newId, type Team, type World } from './world.ts';

const OF_ALL = ['town-square', 'off-topic'];
const RESERVED =
  /^(?:admin|api|channel|claim|error|files|help|landing|login|mfa|oauth|plug|plugins|post|signup|boards|playbooks)/;

const teamEntity = ({ members: _, ...team }: Team) => ({
  ...team,
  ...{ email: '', company_name: '', allowed_domains: '', invite_id: team.id, allow_open_invite: team.type === 'O' },
  ...{ create_at: 1, update_at: 1, delete_at: 0 },
});

const memberEntity = (team: Team, user_id: string) => ({
  ...{ team_id: team.id, user_id, roles: 'team_user', delete_at: 0 },
  ...{ scheme_user: true, scheme_admin: false, explicit_roles: '' },
});

const join = ({ channels }: World, team: Team, user: string): void => {
  team.members.add(user);
  for (const channel of channels) {
    if (channel.team_id === team.id && OF_ALL.includes(channel.name)) channel.members.add(user);
  }
};

/** Who makes it is in it. */
const create = ({ world, caller, body }: Call): StandinReply => {
  if (!isAdmin(world, caller)) return forbidden;
  const { name, display_name, description, type } = fieldsOf(body);
  const wanted = textOf(name);
  if (!/^[a-z0-9][a-z0-9-]{1,63}$/.test(wanted) || RESERVED.test(wanted)) {
    return refusal(400, 'model.team.is_valid.reserved.app_error');
  }
  if (textOf(display_name) === '') return refusal(400, 'model.team.is_valid.name.app_error');
  if (type !== 'O' && type !== 'I') return refusal(400, 'model.team.is_valid.type.app_error');
  if (world.teams.some((each) => each.name === wanted)) return refusal(400, 'app.team.save.existing.app_error');
  const team: Team = {
    ...{ id: newId(), name: wanted, display_name: textOf(display_name), description: textOf(description), type },
    members: new Set(),
  };
  world.teams.push(team);
  for (const each of OF_ALL) world.channels.push(channelOf({ team_id: team.id, name: each, type: 'O' }));
  join(world, team, caller);
  return ok(teamEntity(team), 201);
};

const unknown = refusal(404, 'app.team.get.find.app_error');

const found = ({ world, params: [id] }: Call): Team | undefined => world.teams.find((each) => each.id === id);

const byName = ({ world, params: [name] }: Call): StandinReply => {
  const team = world.teams.find((each) => each.name === name);
  return team ? ok(teamEntity(team)) : refusal(404, 'app.team.get_by_name.missing.app_error');
};

const members = (call: Call): StandinReply => {
  const team = found(call);
  return team
    ? pageOf(
        [...team.members].map((user) => memberEntity(team, user)),
        call,
      )
    : unknown;
};

const member = (call: Call): StandinReply => {
  const team = found(call);
  const [, user = ''] = call.params;
  if (!team?.members.has(user)) return refusal(404, 'app.team.get_member.missing.app_error');
  return ok(memberEntity(team, user));
};

/** Once more is fine. */
const addMember = (call: Call): StandinReply => {
  const { world, caller, body } = call;
  const team = found(call);
  if (!team) return unknown;
  if (!isAdmin(world, caller)) return forbidden;
  const user = world.people.find(({ id }) => id === fieldsOf(body).user_id);
  if (!user) return refusal(404, 'app.user.missing_account.const');
  join(world, team, user.id);
  return ok(memberEntity(team, user.id), 201);
};

const own = ({ world, caller }: Call): StandinReply =>
  ok(world.teams.filter(({ members: inside }) => inside.has(caller)).map(teamEntity));

export const TEAM_ROUTES: readonly Route[] = [
  ['GET', path('/users/me/teams'), own],
  ['POST', path('/teams'), create],
  ['GET', path('/teams'), (call) => pageOf(call.world.teams.map(teamEntity), call)],
  ['GET', path('/teams/name/([^/]+)'), byName],
  ['GET', path(`/teams/${ID}`), (call) => ((team) => (team ? ok(teamEntity(team)) : unknown))(found(call))],
  ['GET', path(`/teams/${ID}/members`), members],
  ['GET', path(`/teams/${ID}/members/${ID}`), member],
  ['POST', path(`/teams/${ID}/members`), addMember],
];
