import type { Config } from '../../config/config.ts';
import type { RocketChatSetupSpec } from './setup/spec.ts';
import { chatUrl } from './target.ts';

/**
 * What Rocket.Chat must have set for a stack that is provisioned by programs. The container sets them at every start
 * (`OVERWRITE_SETTING_*`) before anybody can ask, but for the wizard, which the server turns on again when its version
 * is another one; the setup job verifies them. Ids and defaults: Rocket.Chat 8.6.1.
 */
export const CHAT_SETTINGS: RocketChatSetupSpec['settings'] = {
  // The wizard would stop the administrator's browser; everything it asks is answered by chatops.yaml.
  Show_Setup_Wizard: 'completed',
  // Default 10 calls a minute, per route and address: less than jobs, probes and a busy GitLab need.
  API_Enable_Rate_Limiter_Limit_Calls_Default: 600,
  // Else changing a setting half an hour after the first start asks the administrator for the password once more.
  Accounts_TwoFactorAuthentication_Enforce_Password_Fallback: false,
  // Else a new user with a verified address can only log in with a mailed code, and a stack has no mail server.
  Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In: false,
};

/**
 * `ROOT_URL` is what `Site_Url` begins with at the very first start; links, avatars and mails follow the stored setting
 * ever after (RocketChat/Rocket.Chat:apps/meteor/server/settings/general.ts, server/configuration/configureBoilerplate.ts).
 */
export const settingsFor = (config: Config): RocketChatSetupSpec['settings'] => ({
  ...CHAT_SETTINGS,
  Site_Url: chatUrl(config),
});

/** The same as environment: Rocket.Chat reads `true`, `false` and numbers from text. */
export const overwrittenSettings = (config: Config): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settingsFor(config)).map(([id, value]) => [`OVERWRITE_SETTING_${id}`, String(value)]),
  );
