/**
 * The variables of .env that carry secrets. Those of products stand here, and not in their parts, for as long as
 * `src/stack/targets.ts` names them: it may import no part (test/unit/structure/still-named.ts).
 */
export const ADMIN_PASSWORD = 'CHATOPS_ADMIN_PASSWORD';
export const BOT_PASSWORD = 'CHATOPS_BOT_PASSWORD';
export const GITLAB_ROOT_PASSWORD = 'GITLAB_ROOT_PASSWORD';
export const GITLAB_TOKEN = 'CHATOPS_GITLAB_TOKEN';
export const MONGO_URL = 'CHATOPS_MONGO_URL';
export const MONGO_KEY = 'CHATOPS_MONGO_KEY';
export const MONGO_PASSWORD = 'CHATOPS_MONGO_PASSWORD';
export const MONGO_PROBE_PASSWORD = 'CHATOPS_MONGO_PROBE_PASSWORD';
export const HOOK_SECRET = 'CHATOPS_HOOK_SECRET';

/** `alice.b` → `CHATOPS_USER_ALICE_B_PASSWORD`. */
export const userPasswordName = (username: string): string =>
  `CHATOPS_USER_${username.toUpperCase().replaceAll(/[^0-9A-Z]/g, '_')}_PASSWORD`;
