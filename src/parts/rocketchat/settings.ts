import type { Config } from '../../config/config.ts';
import { settingsOf } from '../../contracts/chat-kind.ts';
import type { KeptSetting } from '../../stack/stack.ts';
import { type RocketChatSettings, rocketchatKind } from './kind.ts';
import type { RocketChatSetupSpec } from './setup/spec.ts';
import { chatUrl } from './target.ts';

interface OwnSetting extends KeptSetting {
  readonly value: string | number | boolean;
}

const REGISTRATION: Readonly<Record<RocketChatSettings['registration'], string>> = {
  closed: 'Disabled',
  'secret-url': 'Secret URL',
  public: 'Public',
};

/**
 * What Rocket.Chat must have set for a stack that is provisioned by programs, and what decides who gets in. The container
 * sets it at every start (`OVERWRITE_SETTING_*`) before anybody can ask, but for the wizard, which the server turns on
 * again when its version is another one; the setup job verifies it. Ids and defaults: Rocket.Chat 8.6.1.
 */
const ownSettings = (config: Config): readonly OwnSetting[] => {
  const { registration, callsPerMinute, secondFactor } = settingsOf(config, rocketchatKind);
  return [
    {
      // The wizard would stop the administrator's browser.
      name: 'Show_Setup_Wizard',
      value: 'completed',
      because: 'chatops.yaml answers all that it asks',
    },
    {
      name: 'Accounts_RegistrationForm',
      value: REGISTRATION[registration],
      because: 'chat.registration',
    },
    {
      // Default 10 calls a minute, per route and address.
      name: 'API_Enable_Rate_Limiter_Limit_Calls_Default',
      value: callsPerMinute,
      because: 'chat.callsPerMinute',
    },
    {
      // Default true: changing a setting half an hour after the first start asks the administrator for the password again.
      name: 'Accounts_TwoFactorAuthentication_Enforce_Password_Fallback',
      value: secondFactor.password,
      because: 'chat.secondFactor.password',
    },
    {
      // Default true: a new user with a verified address can only log in with a mailed code.
      name: 'Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In',
      value: secondFactor.mail,
      because: 'chat.secondFactor.mail',
    },
    {
      // `ROOT_URL` is what it begins with at the very first start; links, avatars and mails follow the stored setting ever
      // after (RocketChat/Rocket.Chat:apps/meteor/server/settings/general.ts, server/configuration/configureBoilerplate.ts).
      name: 'Site_Url',
      value: chatUrl(config),
      because: 'the address of the stack',
    },
  ];
};

/** By their ids, for the setup job. */
export const settingsFor = (config: Config): RocketChatSetupSpec['settings'] =>
  Object.fromEntries(ownSettings(config).map(({ name, value }) => [name, value]));

/** For the plan: what an administrator cannot change for long. */
export const keptSettings = (config: Config): readonly KeptSetting[] => ownSettings(config);

/** The same as environment: Rocket.Chat reads `true`, `false` and numbers from text. */
export const overwrittenSettings = (config: Config): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settingsFor(config)).map(([id, value]) => [`OVERWRITE_SETTING_${id}`, String(value)]),
  );
