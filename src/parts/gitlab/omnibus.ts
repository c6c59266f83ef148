/** GITLAB_OMNIBUS_CONFIG: Ruby text that GitLab's container evaluates at every start. */

import type { Config } from '../../config/config.ts';
import { imageNamed, portNamed } from '../../config/named.ts';
import { SETTINGS_CACHED_S } from './settings-cache.ts';
import { GITLAB_ENDPOINT, gitUrl } from './target.ts';

/** Single-quoted Ruby: nothing inside is interpolated; only the quote and the backslash need one before them. */
export const rubyString = (text: string): string => `'${text.replace(/[\\']/g, (found) => `\\${found}`)}'`;

const rubyList = (texts: readonly string[]): string => `[${texts.map(rubyString).join(', ')}]`;

/** Where containers' addresses come from (RFC 1918); the engine chooses the subnet, so all of them are named. */
const PRIVATE_RANGES = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const LOOPBACK_RANGES = ['127.0.0.0/8', '::1/128'];

/**
 * GitLab 19.2 moved these keys from `nginx[..]`, and will take the old ones no more one day (20.0 at the earliest). A tag
 * that names no version (`latest`, a digest) is of a release that is new enough.
 */
const nginxKey = (image: string): string => {
  const version = /:(\d+)\.(\d+)/.exec(image);
  const [major, minor] = [Number(version?.[1]), Number(version?.[2])];
  return version === null || major > 19 || (major === 19 && minor >= 2) ? "gitlab_rails['nginx']" : 'nginx';
};

/** TLS ends at our front door: inside, GitLab speaks plain HTTP on port 80 whatever its public URL says. */
const behindTheFrontDoor = (config: Config): readonly string[] => {
  const nginx = nginxKey(imageNamed(config, 'gitlab'));
  return [
    `external_url ${rubyString(gitUrl(config))}`,
    `${nginx}['listen_port'] = ${GITLAB_ENDPOINT.port}`,
    `${nginx}['listen_https'] = false`,
    `${nginx}['real_ip_trusted_addresses'] = ${rubyList(PRIVATE_RANGES)}`,
    `${nginx}['real_ip_header'] = 'X-Forwarded-For'`,
    `${nginx}['real_ip_recursive'] = 'on'`,
    "letsencrypt['enable'] = false",
    `gitlab_rails['gitlab_shell_ssh_port'] = ${portNamed(config, 'ssh')}`,
    // A full replacement of the default, so the loopback stands here too. The front door does not publish these paths.
    `gitlab_rails['monitoring_whitelist'] = ${rubyList([...LOOPBACK_RANGES, ...PRIVATE_RANGES])}`,
    // How soon all its processes know that they may call the receiver of events.
    `gitlab_rails['application_settings_cache_seconds'] = ${SETTINGS_CACHED_S}`,
  ];
};

/** About 1 GB less memory: what GitLab's own page on small hosts advises, and no monitoring of its own. */
const SLIM = [
  "puma['worker_processes'] = 0",
  "sidekiq['concurrency'] = 10",
  "prometheus_monitoring['enable'] = false",
  "gitlab_kas['enable'] = false",
  "gitlab_rails['env'] = { 'MALLOC_CONF' => 'dirty_decay_ms:1000,muzzy_decay_ms:1000' }",
];

export const omnibusConfig = (config: Config): string => `${[...behindTheFrontDoor(config), ...SLIM].join('\n')}\n`;
