/** A change → its one call. Decides nothing, repeats nothing. */

import type { Secrets } from '../../../contracts/secrets.ts';
import type { RocketChatSession } from '../rocketchat.ts';
import { assertCompiled } from './assert-compiled.ts';
import type { SetupChange } from './change.ts';

export const applySetup = async (
  { step }: SetupChange,
  session: RocketChatSession,
  secrets: Secrets,
  signal: AbortSignal,
): Promise<void> => {
  switch (step.kind) {
    case 'setting':
      return session.changeSetting(step.id, step.value, signal);
    case 'user': {
      const { user, bio, joinDefaultRooms } = step;
      const password = secrets.read(user.password);
      return session.createUser({ ...user, password, bio, joinDefaultRooms }, signal);
    }
    case 'role':
      return session.addRole(step.username, step.role, signal);
    case 'room':
      return session.createRoom(step.room, signal);
    case 'read-only':
      return session.setReadOnly(step.room, step.readOnly, signal);
    case 'membership':
      return session.invite(step.room, step.usernames, signal);
    case 'moderator':
      return session.addModerator(step.room, step.userId, signal);
    case 'new-webhook':
      return assertCompiled(await session.createWebhook(step.webhook, signal));
    case 'webhook':
      return assertCompiled(await session.updateWebhook(step.id, step.webhook, signal));
  }
};
