import type { Config } from '../../config/config.ts';
import type { SecretSpec } from '../../config/secrets.ts';
import { HOOK_SECRET } from '../../contracts/hook-secret.ts';
import { bundlesForge } from '../../stack/variation.ts';
import { PRESET_TOKEN, ROOT_PASSWORD } from './secret-kinds.ts';
import { GITLAB_READ_TOKEN, GITLAB_ROOT_PASSWORD, GITLAB_TOKEN } from './secret-names.ts';

const rootPassword: SecretSpec = {
  name: GITLAB_ROOT_PASSWORD,
  what: "password of root, GitLab's administrator",
  kind: ROOT_PASSWORD,
  origin: 'generated',
  note: 'counts only when the database is first made',
};

const token = (ours: boolean): SecretSpec => ({
  name: GITLAB_TOKEN,
  what: ours ? "access token of root for our jobs, preset at GitLab's first start" : 'access token of your GitLab',
  kind: ours ? PRESET_TOKEN : 'opaque',
  origin: ours ? 'generated' : 'given',
  note: ours
    ? 'exactly 20 characters: glpat- and 14 of A-Z, a-z, 0-9, _ and -'
    : 'make one at <your GitLab>/-/user_settings/personal_access_tokens with scope api (and create_runner rights)',
});

const readToken: SecretSpec = {
  name: GITLAB_READ_TOKEN,
  what: "access token of root that may only read, for probes, preset at GitLab's first start",
  kind: PRESET_TOKEN,
  origin: 'generated',
  note: 'exactly 20 characters, as the one above',
};

const hookSecret: SecretSpec = {
  name: HOOK_SECRET,
  what: "of which each of GitLab's hooks gets a token of its own (X-Gitlab-Token), known to what takes its deliveries",
  kind: 'hook-secret',
  origin: 'generated',
  note: 'changed by `chatops-up rotate hook-secret`, or here: the next run gives it to both sides and loses no delivery',
};

export const gitlabSecrets = (config: Config): readonly SecretSpec[] => {
  const ours = bundlesForge(config);
  return [...(ours ? [rootPassword] : []), token(ours), ...(ours ? [readToken] : []), hookSecret];
};
