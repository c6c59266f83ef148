import type { RocketChatSetupSpec } from './setup/spec.ts';

/**
 * What Rocket.Chat must have set for a stack that is provisioned by programs. The container sets them at every start,
 * before anybody can ask (`OVERWRITE_SETTING_*`); the setup job verifies them. Ids and defaults: Rocket.Chat 8.6.1.
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

/** The same as environment: Rocket.Chat reads `true`, `false` and numbers from text. */
export const overwrittenSettings = (): Record<string, string> =>
  Object.fromEntries(Object.entries(CHAT_SETTINGS).map(([id, value]) => [`OVERWRITE_SETTING_${id}`, String(value)]));
