/** Variables of .env. */
export const GITLAB_ROOT_PASSWORD = 'GITLAB_ROOT_PASSWORD';
export const GITLAB_TOKEN = 'CHATOPS_GITLAB_TOKEN';
