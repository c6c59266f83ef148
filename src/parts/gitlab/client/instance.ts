/** Version, token, user and instance settings. */
import { ApplicationSettings, Metadata, PersonalAccessTokens, Users } from '@gitbeaker/rest';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { GitLabClient } from '../gitlab.ts';
import { requireRights } from '../require-rights.ts';
import { askReadiness } from './readiness.ts';
import { saidBy } from './refusal.ts';
import { ownTokenSchema, settingsSchema, userSchema, versionSchema } from './schemas.ts';
import type { Session } from './session.ts';
import { answerBehind } from './transport.ts';

type InstancePart = Pick<
  GitLabClient,
  'ownWord' | 'version' | 'ownToken' | 'currentUser' | 'requireRights' | 'outboundAllowList' | 'setOutboundAllowList'
>;

const readUser = async (session: Session, signal: AbortSignal) =>
  session.parse(userSchema, await new Users(session.options(signal)).showCurrentUser(), 'the user');

const readToken = async (session: Session, signal: AbortSignal) =>
  session.parse(ownTokenSchema, await new PersonalAccessTokens(session.options(signal)).show(), 'the token');

/**
 * Asks for something that only administrators may: a 403 for a user who is one means that admin mode is on and the
 * token lacks its scope.
 */
export const asAdministrator = async <T>(session: Session, signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (thrown) {
    const answer = answerBehind(thrown);
    if (answer?.status !== 403 || saidBy(answer).includes('insufficient_scope')) throw thrown;
    const user = await readUser(session, signal);
    if (!user.isAdmin || !(thrown instanceof ChatopsError)) throw thrown;
    throw new ChatopsError('PERMISSION_MISSING', {
      what: thrown.what,
      why: `\`${user.username}\` is an administrator, so admin mode is on and the token lacks scope \`admin_mode\``,
      next: 'make a token with the scopes `api` and `admin_mode` and put it into .env',
      cause: thrown,
    });
  }
};

export const createInstancePart = (session: Session): InstancePart => ({
  ownWord: (about, signal) => askReadiness(session.http, session.url, about, signal),
  version: async (signal) =>
    // `/version` answers the same and is older than `/metadata` (15.2).
    session.parse(
      versionSchema,
      (await new Metadata(session.options(signal)).requester.get('version')).body,
      'its version',
    ),
  ownToken: (signal) => readToken(session, signal),
  currentUser: (signal) => readUser(session, signal),
  requireRights: (needed, signal) =>
    requireRights(
      { ownToken: (stop) => readToken(session, stop), currentUser: (stop) => readUser(session, stop) },
      needed,
      signal,
    ),
  outboundAllowList: async (signal) => {
    const settings = await asAdministrator(session, signal, () =>
      new ApplicationSettings(session.options(signal)).show(),
    );
    return session.parse(settingsSchema, settings, 'its settings').outbound_local_requests_whitelist ?? [];
  },
  setOutboundAllowList: async (entries, signal) => {
    await asAdministrator(session, signal, () =>
      new ApplicationSettings(session.options(signal)).edit({
        outboundLocalRequestsWhitelist: [...entries],
      } as never),
    );
  },
});
