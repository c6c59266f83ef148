/** Variables of .env. */
export const GITLAB_ROOT_PASSWORD = 'GITLAB_ROOT_PASSWORD';
export const GITLAB_TOKEN = 'CHATOPS_GITLAB_TOKEN';
/** Of a GitLab of ours: for who only asks. */
export const GITLAB_READ_TOKEN = 'CHATOPS_GITLAB_READ_TOKEN';
