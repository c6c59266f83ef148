/** The job `rocketchat-setup`: admin, settings, bot, users, rooms, memberships and the incoming webhook, as wanted. */

import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Job } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Account } from '../../../stack/stack.ts';
import { ROCKETCHAT, type RocketChatSession } from '../rocketchat.ts';
import { applySetup } from './apply.ts';
import type { SetupChange } from './change.ts';
import { decideSetup } from './decide.ts';
import { observeSetup } from './observe.ts';
import type { Seen } from './seen.ts';
import type { RocketChatSetupSpec } from './spec.ts';
import { buildWanted, GENERAL_ID, type Wanted } from './wanted.ts';
import { webhookScript } from './webhook-script.ts';

/**
 * Turned back on by the server itself at its first start and at every change of its version, over what its environment
 * has set (RocketChat/Rocket.Chat:apps/meteor/server/startup/cloudRegistration.ts, 8.6.1).
 */
const WIZARD = 'Show_Setup_Wizard';

const settingsOfNew = ({ settings }: Wanted): Wanted['settings'] =>
  settings[WIZARD] === undefined ? settings : { ...settings, [WIZARD]: 'in_progress' };

/** A brand-new server: its settings come from the container's environment, its one room is `general`, without members. */
const blankServer = (wanted: Wanted): Seen => ({
  version: undefined,
  settings: settingsOfNew(wanted),
  users: [],
  taken: new Map(),
  rooms: [
    {
      id: GENERAL_ID,
      name: 'general',
      kind: 'channel',
      readOnly: false,
      archived: false,
      mark: undefined,
      members: [],
      botMayModerate: false,
    },
  ],
  webhooks: [],
});

const requireAdmin = (session: RocketChatSession, base: string): void => {
  if (session.roles.includes('admin')) return;
  throw new ChatopsError('PERMISSION_MISSING', {
    what: `${session.username} is no administrator of ${base}`,
    why: `its roles are ${session.roles.join(', ') || 'none'}`,
    next: `give ${session.username} the role admin, or name an administrator in chatops.yaml (admin.username)`,
  });
};

export const createRocketChatSetupJob = (spec: RocketChatSetupSpec, ports: Ports): Job<Seen, SetupChange> => {
  const { client, secrets, addresses } = ports;
  // A plan for a stack that is not there yet may be asked for before there are any secrets: then without the script.
  let script: string | undefined;
  const want = (): Wanted => buildWanted(spec, script ?? '');
  const logIn = async (account: Account, signal: AbortSignal): Promise<RocketChatSession> =>
    client(ROCKETCHAT).login(baseUrl(addresses, spec.target), credentialsOf(secrets, account), signal);
  return {
    id: spec.job,
    blank: () => blankServer(want()),
    observe: async (signal) => {
      script ??= webhookScript(spec, secrets);
      const session = await logIn(spec.admin, signal);
      requireAdmin(session, baseUrl(addresses, spec.target));
      return observeSetup(want(), session, () => logIn(spec.bot, signal), signal);
    },
    decide: (seen) => decideSetup(want(), seen),
    apply: async (change, signal) => applySetup(change, await logIn(spec.admin, signal), secrets, signal),
  };
};
