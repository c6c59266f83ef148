/** Instance settings: the ones that steer this stand-in, and enough of the others for a client to find its way. */
import type { Features } from './version.ts';

export interface Settings {
  readonly allow_local_requests_from_web_hooks_and_services: boolean;
  readonly allow_local_requests_from_system_hooks: boolean;
  readonly outbound_local_requests_whitelist: readonly string[];
  readonly dns_rebinding_protection_enabled: boolean;
  readonly allow_runner_registration_token: boolean;
  readonly push_event_hooks_limit: number;
  readonly admin_mode: boolean;
  readonly require_personal_access_token_expiry: boolean;
  /** Seconds that tokens of new or renewed runners live, by type; null: for ever (doc/api/settings.md). */
  readonly runner_token_expiration_interval: number | null;
  readonly group_runner_token_expiration_interval: number | null;
  readonly project_runner_token_expiration_interval: number | null;
  readonly [other: string]: unknown;
}

export const defaultSettings = (features: Features): Settings => ({
  id: 1,
  default_branch_name: null,
  default_project_visibility: 'private',
  default_group_visibility: 'private',
  signup_enabled: true,
  password_authentication_enabled_for_web: true,
  password_authentication_enabled_for_git: true,
  auto_devops_enabled: false,
  max_attachment_size: 100,
  home_page_url: null,
  allow_local_requests_from_hooks_and_services: false,
  allow_local_requests_from_web_hooks_and_services: false,
  allow_local_requests_from_system_hooks: true,
  outbound_local_requests_whitelist: [],
  dns_rebinding_protection_enabled: true,
  deny_all_requests_except_allowed: false,
  allow_runner_registration_token: features.registrationTokens,
  push_event_hooks_limit: 3,
  push_event_activities_limit: 3,
  admin_mode: false,
  require_personal_access_token_expiry: true,
  runner_token_expiration_interval: null,
  group_runner_token_expiration_interval: null,
  project_runner_token_expiration_interval: null,
  personal_access_token_prefix: 'glpat-',
  throttle_authenticated_api_enabled: false,
  throttle_unauthenticated_api_enabled: false,
});

/** At most 1000 entries of 255 characters, no wildcards (doc/security/webhooks.md). Undefined: fine. */
export const whitelistProblem = (entries: readonly string[]): string | undefined => {
  if (entries.length > 1000) return 'is too long (maximum is 1000 entries)';
  if (entries.some((entry) => entry.length > 255)) return 'is too long (maximum is 255 characters)';
  return undefined;
};
