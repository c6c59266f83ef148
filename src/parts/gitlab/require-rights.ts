/** Says before anything else what a token lacks, by the name of the scope or role. */
import type { RightsNeeded } from '../../contracts/forge.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { GitLabClient } from './gitlab.ts';

const quoted = (scopes: readonly string[]): string => scopes.map((scope) => `\`${scope}\``).join(' and ');

/** @throws ChatopsError TOKEN_INVALID, PERMISSION_MISSING */
export const requireRights = async (
  client: Pick<GitLabClient, 'ownToken' | 'currentUser'>,
  needs: RightsNeeded,
  signal: AbortSignal,
): Promise<void> => {
  const token = await client.ownToken(signal);
  if (!token.active) {
    throw new ChatopsError('TOKEN_INVALID', {
      what: `the GitLab token in ${needs.variable} is not active`,
      why: 'it has expired or was revoked',
      next: `make a new one and put it into .env as ${needs.variable}`,
    });
  }
  const held = new Set(token.scopes);
  if (!needs.scopes.some((set) => set.every((scope) => held.has(scope)))) {
    const lacking = (needs.scopes[0] ?? []).filter((scope) => !held.has(scope));
    throw new ChatopsError('PERMISSION_MISSING', {
      what: `the GitLab token in ${needs.variable} lacks scope ${quoted(lacking)}`,
      why: `it has ${token.scopes.length === 0 ? 'no scope' : quoted(token.scopes)}`,
      next: `make a token with scope ${quoted(needs.scopes[0] ?? [])} and put it into .env as ${needs.variable}`,
    });
  }
  if (needs.administrator === undefined) return;
  const user = await client.currentUser(signal);
  if (user.isAdmin) return;
  throw new ChatopsError('PERMISSION_MISSING', {
    what: `the GitLab token in ${needs.variable} belongs to \`${user.username}\`, who is not an administrator`,
    why: needs.administrator,
    next: `put the token of an administrator into .env as ${needs.variable}`,
  });
};
