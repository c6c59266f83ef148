import type { Config } from '../../config/config.ts';
import { chatUrl } from './target.ts';

/**
 * What Mattermost must have set for a stack that is provisioned by programs, as environment: that is stronger than its
 * own file, and what stands there cannot be changed in the console (Mattermost's docs, "Environment variables").
 * Nothing of the stack is called by it, so no address of a private network is opened to it.
 */
export const settingsOf = (config: Config): Readonly<Record<string, string>> => ({
  MM_SQLSETTINGS_DRIVERNAME: 'postgres',
  // Links in mails, permalinks and the WebSocket's check of origins follow it.
  MM_SERVICESETTINGS_SITEURL: chatUrl(config),
  // A socket in the container, by which `mmctl --local` works without a password; its HEALTHCHECK in newer images too.
  MM_SERVICESETTINGS_ENABLELOCALMODE: 'true',
  MM_SERVICESETTINGS_ENABLEBOTACCOUNTCREATION: 'true',
  MM_SERVICESETTINGS_ENABLEUSERACCESSTOKENS: 'true',
  // Else every message of a webhook bears the name of who made it.
  MM_SERVICESETTINGS_ENABLEPOSTUSERNAMEOVERRIDE: 'true',
  MM_SERVICESETTINGS_ENABLEPOSTICONOVERRIDE: 'true',
  // Only accounts of chatops.yaml, and those that an administrator makes; the very first is made in any case.
  MM_TEAMSETTINGS_ENABLEOPENSERVER: 'false',
  // Default 50, bots and programs among them.
  MM_TEAMSETTINGS_MAXUSERSPERTEAM: '1000',
  // A stack has no mail server.
  MM_EMAILSETTINGS_SENDEMAILNOTIFICATIONS: 'false',
  MM_EMAILSETTINGS_REQUIREEMAILVERIFICATION: 'false',
  // Its log is that of the container.
  MM_LOGSETTINGS_ENABLEFILE: 'false',
});
