import type { Config } from '../../config/config.ts';
import { ONE_LINE } from '../../config/secret-rules.ts';
import type { SecretKind, SecretSpec } from '../../config/secrets.ts';
import { accountSecrets } from '../../stack/chat-secrets.ts';

/** `PasswordSettings.MinimumLength` is 8 by default, 14 in FIPS images; above 72 the server refuses (model.PasswordMaximumLength). */
export const CHAT_PASSWORD: SecretKind = {
  rules: [ONE_LINE, { matches: /^.{14,72}$/, otherwise: 'is not 14 to 72 characters, as Mattermost wants it' }],
  shape: { alphabet: 'password', length: 24 },
};

export const mattermostSecrets = (config: Config): readonly SecretSpec[] =>
  accountSecrets(config, 'Mattermost', CHAT_PASSWORD);
