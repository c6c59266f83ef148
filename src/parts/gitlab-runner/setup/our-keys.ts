/** What the stack decides in `config.toml`. Every other key is its user's or the runner's own: it stays, and is no difference. */

export interface KeysOfConfig {
  readonly global: readonly string[];
  /** Of our `[[runners]]` block. */
  readonly runner: readonly string[];
  /** Of `[runners.docker]` in it. */
  readonly docker: readonly string[];
}

/** Keys that may bear on who gets in are among them even where we never write them: what is not said must not be there. */
export const OUR_KEYS: KeysOfConfig = {
  global: ['concurrent', 'check_interval', 'listen_address'],
  runner: [
    'name',
    'url',
    'clone_url',
    'tls-ca-file',
    'executor',
    'request_concurrency',
    'unhealthy_requests_limit',
    'unhealthy_interval',
  ],
  docker: [
    'image',
    'helper_image',
    'network_mode',
    'privileged',
    'services_privileged',
    'pull_policy',
    'allowed_pull_policies',
    'allowed_images',
    'allowed_services',
    'allowed_privileged_images',
    'allowed_privileged_services',
    'cap_add',
    'cap_drop',
    'devices',
    'security_opt',
    'services_security_opt',
    'memory',
    'memory_swap',
    'service_memory',
    'service_memory_swap',
    'cpus',
    'service_cpus',
    'volumes',
    'userns_mode',
  ],
};
