/** The servers that the command starts, each loaded only when it is asked for. */
import type { ServerFactory } from '../standin.ts';

export interface ServerKind {
  readonly name: string;
  /** Whose behaviour it has, and of which version. */
  readonly plays: string;
  /** The port inside its container that `--port` stands for. */
  readonly port: number;
  /** When it opens that port: with its start, after its boot, or only if its configuration says so. */
  readonly listens: 'at-start' | 'after-boot' | 'maybe';
  /** What it is given when `--env` says nothing of it. @param url where it is found */
  readonly defaults?: (url: string) => Readonly<Record<string, string>>;
  readonly load: () => Promise<ServerFactory>;
}

export const SERVERS: readonly ServerKind[] = [
  {
    name: 'mongod',
    plays: 'MongoDB 8.0: a standalone, or with `-- --replSet rs0` a member of a replica set',
    port: 27_017,
    listens: 'after-boot',
    load: async () => (await import('../mongod/mongod.ts')).createMongodStandin,
  },
  {
    name: 'rocketchat',
    plays: 'Rocket.Chat 8.6 (ROCKETCHAT_STANDIN_VERSION: 9.0, 8.0, 7.0); needs a replica set at MONGO_URL',
    port: 3_000,
    listens: 'after-boot',
    defaults: (url) => ({ ROOT_URL: url }),
    load: async () => (await import('../rocketchat/rocketchat.ts')).createRocketChatStandin,
  },
  {
    name: 'gitlab',
    plays: 'GitLab CE 19.3: REST API, webhooks, git over HTTP, jobs for runners',
    port: 80,
    listens: 'after-boot',
    // The script makes the token that CHATOPS_GITLAB_TOKEN names, where it is given, as a container's would.
    defaults: (url) => ({
      GITLAB_OMNIBUS_CONFIG: `external_url '${url}'`,
      GITLAB_POST_RECONFIGURE_SCRIPT: 'gitlab-rails runner "a token with the scope api"',
    }),
    load: async () => (await import('../gitlab/gitlab.ts')).createGitLabStandin,
  },
  {
    name: 'runner',
    plays: 'gitlab-runner 19.3: takes jobs as config.toml in --dir says; --port is that of its metrics',
    port: 9_252,
    listens: 'maybe',
    load: async () => (await import('../runner/runner.ts')).createRunnerStandin,
  },
  {
    name: 'front-door',
    plays: 'nginx as a reverse proxy, by nginx/nginx.conf in --dir; --port stands for its `listen 80`',
    port: 80,
    listens: 'at-start',
    load: async () => (await import('../front-door/front-door.ts')).createFrontDoorStandin,
  },
  {
    name: 'mattermost',
    plays:
      'Mattermost 11: REST v4, incoming webhooks, WebSocket; with MM_SQLSETTINGS_DATASOURCE it begins empty and is kept on disk',
    port: 8_065,
    listens: 'at-start',
    load: async () => (await import('../mattermost/mattermost.ts')).createMattermostStandin,
  },
];
