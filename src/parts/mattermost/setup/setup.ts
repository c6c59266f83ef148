/** The job `mattermost-setup`: first administrator, accounts, team, channels, memberships, incoming webhooks, as wanted. */
import { baseUrl } from '../../../contracts/addresses.ts';
import { credentialsOf } from '../../../contracts/credentials.ts';
import type { Job } from '../../../contracts/job.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { MATTERMOST, type MattermostAdmin } from '../mattermost.ts';
import { applySetup, newUser } from './apply.ts';
import type { SetupChange } from './change.ts';
import { decideSetup } from './decide.ts';
import { bearsMark } from './marks.ts';
import { BLANK, observeSetup } from './observe.ts';
import type { Seen } from './seen.ts';
import type { MattermostSetupSpec } from './spec.ts';

export const createMattermostSetupJob = (spec: MattermostSetupSpec, ports: Ports): Job<Seen, SetupChange> => {
  const { client, secrets, addresses } = ports;
  const base = (): string => baseUrl(addresses, spec.target);
  // The server takes few logins in a second; one lasts for a look and the changes after it.
  let session: Promise<MattermostAdmin> | undefined;
  const logIn = (signal: AbortSignal): Promise<MattermostAdmin> => {
    session = client(MATTERMOST).administer(base(), credentialsOf(secrets, spec.admin), signal);
    session.catch(() => undefined);
    return session;
  };

  /** One attempt, and only for an account of ours. */
  const botRefusal = async ({ users }: Seen, signal: AbortSignal): Promise<Pick<Seen, 'botRefused'>> => {
    const bot = users.find(({ username }) => username === spec.bot.username);
    if (!bot?.active || !bearsMark(bot.position, spec.mark)) return {};
    try {
      await client(MATTERMOST).login(base(), credentialsOf(secrets, spec.bot), signal);
      return {};
    } catch (thrown) {
      const refused =
        thrown instanceof ChatopsError && (thrown.code === 'LOGIN_REFUSED' || thrown.code === 'SECOND_FACTOR_NEEDED');
      if (!refused) throw thrown;
      return { botRefused: { why: thrown.message, next: thrown.next } };
    }
  };

  return {
    id: spec.job,
    blank: () => BLANK,
    observe: async (signal) => {
      const { hasNoAccounts } = await client(MATTERMOST).about(base(), signal);
      if (hasNoAccounts) return BLANK;
      const seen = await observeSetup(spec, await logIn(signal), signal);
      return { ...seen, ...(await botRefusal(seen, signal)) };
    },
    decide: (seen) => decideSetup(spec, seen),
    apply: async ({ step }, signal) => {
      if (step.kind === 'first-account') {
        return client(MATTERMOST).createFirst(base(), newUser(step.account, spec, secrets), signal);
      }
      const admin = await (session ?? logIn(signal));
      return applySetup({ step }, { spec, admin, secrets, signal });
    },
  };
};
