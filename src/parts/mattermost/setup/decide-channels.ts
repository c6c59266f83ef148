import type { Conflict } from '../../../contracts/job.ts';
import { ofOtherStack, stackMarkedIn } from '../../../stack/names.ts';
import type { SetupChange } from './change.ts';
import { bearsMark, purposeOf } from './marks.ts';
import { joined, type PartDecision } from './part-decision.ts';
import type { Seen, SeenChannel } from './seen.ts';
import type { MattermostSetupSpec } from './spec.ts';

type WantedChannel = MattermostSetupSpec['channels'][number];

const TITLES = { private: 'a private channel', channel: 'an open channel' } as const;

const create = ({ name, kind, header, purpose }: WantedChannel, { mark }: MattermostSetupSpec): SetupChange => ({
  action: 'create',
  resource: 'channel',
  name,
  cause: `there is no channel ${name}`,
  step: { kind: 'channel', channel: { name, kind, header, purpose: purposeOf(purpose, mark) } },
});

const member = (channel: string, username: string): SetupChange => ({
  action: 'create',
  resource: 'membership',
  name: `${username} in ${channel}`,
  cause: `${username} is not inside`,
  step: { kind: 'channel-member', channel, username },
});

const conflictOf = (wanted: WantedChannel, seen: SeenChannel, mark: string): Conflict | undefined => {
  const conflict = (why: string, next: string): Conflict => ({ resource: 'channel', name: wanted.name, why, next });
  if (!bearsMark(seen.purpose, mark)) {
    const other = stackMarkedIn(seen.purpose);
    if (other !== undefined) return { resource: 'channel', name: wanted.name, ...ofOtherStack(other) };
    return conflict(
      `${seen.archived ? 'an archived channel' : TITLES[seen.kind]} of this name was made by hand (its purpose does not bear our mark)`,
      `rename one of the two, or hand the channel over by adding [${mark}] to its purpose`,
    );
  }
  if (seen.archived) return conflict('the channel is archived', 'unarchive it in Mattermost, or take it out');
  if (seen.kind === wanted.kind) return undefined;
  return conflict(
    `it is ${TITLES[seen.kind]}, wanted ${TITLES[wanted.kind]}`,
    'change its kind in Mattermost (channel → settings), or in chatops.yaml',
  );
};

const words = (wanted: WantedChannel, seen: SeenChannel, { mark }: MattermostSetupSpec): SetupChange[] => {
  const { header } = wanted;
  const purpose = purposeOf(wanted.purpose, mark);
  const changed = [
    ...(seen.header === header ? [] : ['header']),
    ...(seen.purpose === purpose ? [] : ['purpose']),
  ].join(' and ');
  if (changed === '') return [];
  return [
    {
      action: 'update',
      resource: 'channel',
      name: wanted.name,
      cause: `its ${changed} ${changed.includes(' ') ? 'are' : 'is'} not as wanted`,
      step: { kind: 'describe', id: seen.id, header, purpose },
    },
  ];
};

/** Who is in a team is in its own channel; who makes a channel is in it. */
const insideNew = ({ name }: WantedChannel, { ownChannel, admin, bot, users }: MattermostSetupSpec) =>
  name === ownChannel ? [admin, bot, ...users].map(({ username }) => username) : [admin.username];

const decideChannel = (wanted: WantedChannel, spec: MattermostSetupSpec, seen: Seen): PartDecision => {
  const isOwn = wanted.name === spec.ownChannel;
  const found = seen.channels.find(({ name }) => name === wanted.name);
  const conflict = found && !isOwn ? conflictOf(wanted, found, spec.mark) : undefined;
  if (conflict) return { changes: [], conflicts: [conflict], warnings: [] };
  const inside = isOwn ? insideNew(wanted, spec) : (found?.members ?? insideNew(wanted, spec));
  const missing = wanted.members.filter((username) => !inside.includes(username));
  const made = found === undefined && !isOwn ? [create(wanted, spec)] : [];
  const described = found && !isOwn ? words(wanted, found, spec) : [];
  const invited = missing.map((username) => member(wanted.name, username));
  return { changes: [...made, ...described, ...invited], conflicts: [], warnings: [] };
};

export const decideChannels = (spec: MattermostSetupSpec, seen: Seen): PartDecision =>
  joined(spec.channels.map((wanted) => decideChannel(wanted, spec, seen)));
