import { roomTokens } from '../../../contracts/hook-token.ts';
import type { Secrets } from '../../../contracts/secrets.ts';
import { notifierScript } from '../../../notifier/notifier-script.ts';
import { sha256Hex } from '../../../values/sha256.ts';
import type { RocketChatSetupSpec } from './spec.ts';

/**
 * The script of the stack's incoming webhook; empty where nothing is announced. It learns secret and tokens as digests
 * only: who may read integrations must not learn to forge deliveries.
 * @throws ChatopsError SECRET_MISSING
 */
export const webhookScript = ({ webhook }: Pick<RocketChatSetupSpec, 'webhook'>, secrets: Secrets): string => {
  if (webhook === undefined) return '';
  const secret = secrets.read(webhook.secret);
  const { locale, room: defaultRoom, routes, filters, links, people, wording } = webhook;
  return notifierScript({
    locale,
    secretSha256: sha256Hex(secret.reveal()),
    hooks: roomTokens(secret, webhook.hooks),
    defaultRoom,
    ...(links && { links }),
    ...(routes && { routes }),
    ...(filters && { filters }),
    ...(people && { people }),
    ...(wording && { wording: { [locale]: wording } }),
  });
};
