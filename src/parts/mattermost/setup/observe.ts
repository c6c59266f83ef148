/** Ports → Seen, reads only: one read per wanted account and channel, members and webhooks by pages. */
import type { MattermostAdmin, MattermostTeam, MattermostUser } from '../mattermost.ts';
import type { Seen, SeenChannel, SeenHook } from './seen.ts';
import type { MattermostSetupSpec } from './spec.ts';

/** A server that has just been made: its first channel comes with the team. */
export const BLANK: Seen = { isNew: true, users: [], team: undefined, channels: [], hooks: [] };

const found = <T>(things: readonly (T | undefined)[]): readonly T[] => things.filter((thing) => thing !== undefined);

const usersOf = async (spec: MattermostSetupSpec, admin: MattermostAdmin, signal: AbortSignal) => {
  const names = [...new Set([spec.admin, spec.bot, ...spec.users].map(({ username }) => username))];
  return found(await Promise.all(names.map((name) => admin.user(name, signal))));
};

const namesOf = (ids: readonly string[], users: readonly MattermostUser[]): readonly string[] =>
  users.filter(({ id }) => ids.includes(id)).map(({ username }) => username);

const channelsOf = async (
  spec: MattermostSetupSpec,
  team: MattermostTeam,
  users: readonly MattermostUser[],
  admin: MattermostAdmin,
  signal: AbortSignal,
): Promise<readonly SeenChannel[]> => {
  const names = new Set(
    [...spec.channels, ...spec.hooks.map(({ channel }) => ({ name: channel }))].map(({ name }) => name),
  );
  const seen = await Promise.all(
    [...names].map(async (name) => {
      const channel = await admin.channel(team.id, name, signal);
      return channel && { ...channel, members: namesOf(await admin.channelMembers(channel.id, signal), users) };
    }),
  );
  return found(seen);
};

const hooksOf = async (
  { hooks: wanted }: MattermostSetupSpec,
  team: MattermostTeam,
  channels: readonly SeenChannel[],
  admin: MattermostAdmin,
  signal: AbortSignal,
): Promise<readonly SeenHook[]> => {
  if (wanted.length === 0) return [];
  const all = await admin.hooks(team.id, signal);
  return all
    .filter(({ name }) => wanted.some((hook) => hook.name === name))
    .map((hook) => ({ ...hook, channel: channels.find(({ id }) => id === hook.channelId)?.name }));
};

export const observeSetup = async (
  spec: MattermostSetupSpec,
  admin: MattermostAdmin,
  signal: AbortSignal,
): Promise<Seen> => {
  const users = await usersOf(spec, admin, signal);
  const team = await admin.team(spec.team, signal);
  if (team === undefined) return { ...BLANK, isNew: false, users };
  const channels = await channelsOf(spec, team, users, admin, signal);
  return {
    isNew: false,
    users,
    team: { id: team.id, members: namesOf(await admin.teamMembers(team.id, signal), users) },
    channels,
    hooks: await hooksOf(spec, team, channels, admin, signal),
  };
};
