import type { Config } from '../../config/config.ts';
import { imageNamed } from '../../config/named.ts';
import type { EnvironmentValue, ServiceNode, SqlOffer } from '../../stack/stack.ts';
import type { MattermostSpec } from './probes/mattermost.ts';
import type { MattermostAliveSpec } from './probes/mattermost-alive.ts';
import type { MattermostReadySpec } from './probes/mattermost-ready.ts';
import { settingsOf } from './settings.ts';
import { chatTarget, MATTERMOST_ENDPOINT } from './target.ts';

/** The password is of the kind that needs no encoding in an address (see the part that offers the database). */
const dataSource = ({ endpoint, account, database }: SqlOffer): EnvironmentValue => ({
  secret: account.password,
  text: `postgres://${account.username}:{}@${endpoint.service}:${endpoint.port}/${database}?sslmode=disable&connect_timeout=10`,
});

const FOLDERS = { config: 'config', data: 'data', plugins: 'plugins', 'client-plugins': 'client/plugins' } as const;

export const mattermost = (config: Config, sql: SqlOffer): ServiceNode => ({
  kind: 'service',
  name: MATTERMOST_ENDPOINT.service,
  role: 'mattermost',
  gates: [{ node: sql.endpoint.service, until: 'usable' }],
  alive: { what: 'mattermost-alive', target: chatTarget(config) } satisfies MattermostAliveSpec,
  ready: { what: 'mattermost-ready', target: chatTarget(config) } satisfies MattermostReadySpec,
  usable: { what: 'mattermost', target: chatTarget(config) } satisfies MattermostSpec,
  readyWithinMs: 300_000,
  calls: [{ to: sql.endpoint, because: 'it keeps everything there but files' }],
  needs: { memoryGib: 0.75, imageGib: 1 },
  container: {
    image: imageNamed(config, 'mattermost'),
    environment: { ...settingsOf(config), MM_SQLSETTINGS_DATASOURCE: dataSource(sql) },
    listens: [MATTERMOST_ENDPOINT.port],
    publishes: {},
    volumes: Object.entries(FOLDERS).map(([name, folder]) => ({
      source: `mattermost-${name}`,
      target: `/mattermost/${folder}`,
      readOnly: false,
    })),
    aliases: [],
    init: true,
    allows: [
      { what: 'user', because: 'its image has one of its own, 2000, whose its folders are' },
      { what: 'writes', because: 'where else than to its folders it writes could not be tried here' },
    ],
    // Twice its everyday use: what it takes grows with those who are online.
    most: { memoryMib: 1536, cpus: 2 },
    mostProcesses: 1024,
    stopGraceS: 30,
    runsAs: '2000',
  },
});
