/** `/api/v4/channels` (server/channels/api4/channel.go, app/channel.go). */
import type { StandinReply } from '../kit/http-standin.ts';
import { wallClockMs } from '../kit/real-time.ts';
import { ok, refusal } from './answers.ts';
import { type Call, fieldsOf, ID, pageOf, path, type Route, textOf } from './call.ts';
import { forbidden, isAdmin } from './people.ts';
import { type Channel, channelOf, type World } from './world.ts';

const LONGEST_PURPOSE = 250;
const LONGEST_HEADER = 1_024;

const channelEntity = ({ members: _, ...channel }: Channel) => ({
  ...channel,
  ...{ create_at: 1, update_at: 1, last_post_at: 0, total_msg_count: 0, extra_update_at: 0, creator_id: '' },
});

const memberEntity = (channel_id: string, user_id: string) => ({
  ...{ channel_id, user_id, roles: 'channel_user', last_viewed_at: 0, msg_count: 0, mention_count: 0 },
  ...{ notify_props: {}, last_update_at: 0 },
});

/** A private one is not there for who is not in it and administers nothing. */
const isSeen = (world: World, caller: string, { type, members }: Channel): boolean =>
  type === 'O' || members.has(caller) || isAdmin(world, caller);

const named = ({ world, caller, request }: Call, teamId: string, name: string | undefined): StandinReply => {
  const withArchived = request.query.get('include_deleted') === 'true';
  const channel = world.channels.find((each) => each.team_id === teamId && each.name === name);
  const shown = channel && isSeen(world, caller, channel) && (withArchived || channel.delete_at === 0);
  return shown ? ok(channelEntity(channel)) : refusal(404, 'app.channel.get_by_name.missing.app_error');
};

const byTeamName = (call: Call): StandinReply => {
  const [team, name] = call.params;
  const found = call.world.teams.find((each) => each.name === team);
  return found ? named(call, found.id, name) : refusal(404, 'app.team.get_by_name.missing.app_error');
};

const byTeamId = (call: Call): StandinReply => {
  const [team = '', name] = call.params;
  return call.world.teams.some(({ id }) => id === team)
    ? named(call, team, name)
    : refusal(404, 'app.team.get.find.app_error');
};

const whyInvalid = (purpose: string, header: string): StandinReply | undefined => {
  if ([...purpose].length > LONGEST_PURPOSE) return refusal(400, 'model.channel.is_valid.purpose.app_error');
  return [...header].length > LONGEST_HEADER ? refusal(400, 'model.channel.is_valid.header.app_error') : undefined;
};

/** Who makes it is in it. An archived one keeps its name. */
const create = ({ world, caller, body }: Call): StandinReply => {
  const { team_id, name, display_name, type, header, purpose } = fieldsOf(body);
  const team = world.teams.find(({ id }) => id === team_id);
  if (!team) return refusal(404, 'app.team.get.find.app_error');
  if (!team.members.has(caller)) return forbidden;
  const wanted = textOf(name);
  if (!/^[a-z0-9][a-z0-9_-]{0,63}$/.test(wanted)) return refusal(400, 'model.channel.is_valid.1_or_more.app_error');
  if (type !== 'O' && type !== 'P') return refusal(400, 'model.channel.is_valid.type.app_error');
  const invalid = whyInvalid(textOf(purpose), textOf(header));
  if (invalid) return invalid;
  if (world.channels.some((each) => each.team_id === team.id && each.name === wanted)) {
    return refusal(400, 'store.sql_channel.save_channel.exists.app_error');
  }
  const channel = channelOf({
    ...{ team_id: team.id, name: wanted, type, display_name: textOf(display_name) || wanted },
    ...{ header: textOf(header), purpose: textOf(purpose), members: new Set([caller]) },
  });
  world.channels.push(channel);
  return ok(channelEntity(channel), 201);
};

const unknown = refusal(404, 'app.channel.get.existing.app_error');

/** Run with the channel of the path, as far as the caller may see it. */
const withChannel =
  (run: (call: Call, channel: Channel) => StandinReply) =>
  (call: Call): StandinReply => {
    const channel = call.world.channels.find(({ id }) => id === call.params[0]);
    if (!channel) return unknown;
    return isSeen(call.world, call.caller, channel) ? run(call, channel) : forbidden;
  };

const mayManage = (world: World, caller: string, { members }: Channel): boolean =>
  members.has(caller) || isAdmin(world, caller);

/** Of what it may change only what a text is given for. */
const update = withChannel(({ world, caller, body }, channel) => {
  if (!mayManage(world, caller, channel)) return forbidden;
  const { id, header, purpose } = fieldsOf(body);
  if (id !== channel.id) return refusal(400, 'api.context.invalid_body_param.app_error');
  const invalid = whyInvalid(textOf(purpose), textOf(header));
  if (invalid) return invalid;
  channel.header = textOf(header);
  channel.purpose = textOf(purpose);
  return ok(channelEntity(channel));
});

const archive = withChannel(({ world, caller }, channel) => {
  if (!mayManage(world, caller, channel)) return forbidden;
  channel.delete_at = wallClockMs();
  return ok({ status: 'OK' });
});

const restore = withChannel(({ world, caller }, channel) => {
  if (!isAdmin(world, caller)) return forbidden;
  channel.delete_at = 0;
  return ok(channelEntity(channel));
});

const addMember = withChannel(({ world, caller, body }, channel) => {
  const { user_id } = fieldsOf(body);
  const user = textOf(user_id);
  if (!world.people.some(({ id }) => id === user)) return refusal(404, 'app.user.missing_account.const');
  if (!mayManage(world, caller, channel) && !(channel.type === 'O' && user === caller)) return forbidden;
  const team = world.teams.find(({ id }) => id === channel.team_id);
  if (!team?.members.has(user)) return refusal(404, 'app.team.get_member.missing.app_error');
  channel.members.add(user);
  return ok(memberEntity(channel.id, user), 201);
});

const member = withChannel(({ params: [, user = ''] }, channel) =>
  channel.members.has(user)
    ? ok(memberEntity(channel.id, user))
    : refusal(404, 'app.channel.get_member.missing.app_error'),
);

export const CHANNEL_ROUTES: readonly Route[] = [
  ['GET', path(`/teams/${ID}/channels/name/([^/]+)`), byTeamId],
  ['GET', path('/teams/name/([^/]+)/channels/name/([^/]+)'), byTeamName],
  ['POST', path('/channels'), create],
  ['GET', path(`/channels/${ID}`), withChannel((_call, channel) => ok(channelEntity(channel)))],
  ['PUT', path(`/channels/${ID}`), update],
  ['DELETE', path(`/channels/${ID}`), archive],
  ['POST', path(`/channels/${ID}/restore`), restore],
  [
    'GET',
    path(`/channels/${ID}/members`),
    withChannel((call, { id, members }) =>
      pageOf(
        [...members].map((user) => memberEntity(id, user)),
        call,
      ),
    ),
  ],
  ['POST', path(`/channels/${ID}/members`), addMember],
  ['GET', path(`/channels/${ID}/members/${ID}`), member],
];
