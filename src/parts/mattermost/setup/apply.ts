/** A change → its one call, after looking up the ids of what an earlier change made. Decides nothing, repeats nothing. */
import { StaleDecision } from '../../../contracts/job.ts';
import type { Secrets } from '../../../contracts/secrets.ts';
import type { MattermostAdmin, NewUser } from '../mattermost.ts';
import type { SetupChange } from './change.ts';
import { descriptionOf, positionOf } from './marks.ts';
import type { AccountSpec, MattermostSetupSpec } from './spec.ts';

export const newUser = (
  { username, name, email, password }: AccountSpec,
  { mark }: MattermostSetupSpec,
  secrets: Secrets,
): NewUser => ({ username, email, nickname: name, position: positionOf(mark), password: secrets.read(password) });

export interface Applying {
  readonly spec: MattermostSetupSpec;
  readonly admin: MattermostAdmin;
  readonly secrets: Secrets;
  readonly signal: AbortSignal;
}

/** @throws StaleDecision when it is gone */
const known = async <T extends { readonly id: string }>(
  what: string,
  found: Promise<T | undefined>,
): Promise<string> => {
  const thing = await found;
  if (thing === undefined) throw new StaleDecision(`there is no ${what}`);
  return thing.id;
};

export const applySetup = async (
  { step }: { readonly step: Exclude<SetupChange['step'], { readonly kind: 'first-account' }> },
  { spec, admin, secrets, signal }: Applying,
): Promise<void> => {
  const userId = (name: string) => known(`account ${name}`, admin.user(name, signal));
  const teamId = () => known(`team ${spec.team}`, admin.team(spec.team, signal));
  const channelId = async (name: string) => known(`channel ${name}`, admin.channel(await teamId(), name, signal));
  switch (step.kind) {
    case 'account':
      return admin.createUser(newUser(step.account, spec, secrets), signal);
    case 'roles':
      return admin.setRoles(step.userId, step.roles, signal);
    case 'roles-of':
      return admin.setRoles(await userId(step.username), step.roles, signal);
    case 'team':
      return admin.createTeam({ name: step.name, description: descriptionOf(spec.mark) }, signal);
    case 'team-member':
      return admin.addToTeam(await teamId(), await userId(step.username), signal);
    case 'channel':
      return admin.createChannel({ ...step.channel, teamId: await teamId() }, signal);
    case 'describe':
      return admin.describeChannel(step, signal);
    case 'channel-member':
      return admin.addToChannel(await channelId(step.channel), await userId(step.username), signal);
    case 'hook': {
      const hook = { name: step.name, description: descriptionOf(spec.mark), channelId: await channelId(step.channel) };
      return admin.createHook(hook, signal);
    }
    case 'move-hook':
      return admin.updateHook({ ...step.hook, channelId: await channelId(step.channel) }, signal);
  }
};
