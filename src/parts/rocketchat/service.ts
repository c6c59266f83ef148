import type { Config } from '../../config/config.ts';
import { imageNamed } from '../../config/named.ts';
import { ADMIN_PASSWORD, MONGO_URL } from '../../config/secret-names.ts';
import { sectionOf } from '../../config/section.ts';
import { ADMIN } from '../../contracts/sections/admin.ts';
import { DATABASE } from '../../contracts/sections/database.ts';
import { mongoMembers, PORTS } from '../../stack/names.ts';
import { chatUrl } from '../../stack/public-urls.ts';
import type { EnvironmentValue, ServiceNode } from '../../stack/stack.ts';
import { chatTarget, databaseAccount } from '../../stack/targets.ts';
import { bundlesMongo } from '../../stack/variation.ts';
import type { RocketChatSpec } from './probes/rocketchat.ts';
import type { RocketChatAliveSpec } from './probes/rocketchat-alive.ts';
import type { RocketChatReadySpec } from './probes/rocketchat-ready.ts';
import { overwrittenSettings } from './settings.ts';

/**
 * One member is enough: the driver learns the others from it. Naming them all would restart Rocket.Chat
 * whenever the set gets one more voter or one less.
 */
const mongoUrl = (config: Config): EnvironmentValue => {
  if (!bundlesMongo(config)) return { secret: MONGO_URL };
  const [first] = mongoMembers(config);
  const seed = first ? `${first.service}:${first.port}` : '';
  const { username, password, database } = databaseAccount;
  const options = `replicaSet=${encodeURIComponent(sectionOf(config, DATABASE).set)}&authSource=admin`;
  return { secret: password, text: `mongodb://${username}:{}@${seed}/${database}?${options}` };
};

/** It starts when its database has a PRIMARY: without one it ends by itself after 30 s. */
export const rocketchat = (config: Config): ServiceNode => ({
  kind: 'service',
  name: 'rocketchat',
  role: 'rocketchat',
  gates: bundlesMongo(config) ? [{ node: 'mongo-replica-set', until: 'done' }] : [],
  alive: { what: 'rocketchat-alive', target: chatTarget(config) } satisfies RocketChatAliveSpec,
  ready: { what: 'rocketchat-ready', target: chatTarget(config) } satisfies RocketChatReadySpec,
  usable: { what: 'rocketchat', target: chatTarget(config) } satisfies RocketChatSpec,
  readyWithinMs: 300_000,
  needs: { memoryGib: 1, imageGib: 2 },
  container: {
    image: imageNamed(config, 'rocketchat'),
    environment: {
      ROOT_URL: chatUrl(config),
      PORT: String(PORTS.rocketchat),
      MONGO_URL: mongoUrl(config),
      // Counts only while nobody has the role admin; a later change is ignored by the server.
      ADMIN_USERNAME: sectionOf(config, ADMIN).username,
      ADMIN_NAME: sectionOf(config, ADMIN).name,
      ADMIN_EMAIL: sectionOf(config, ADMIN).email,
      ADMIN_PASS: { secret: ADMIN_PASSWORD },
      // One proxy of ours stands in front; without it every client has the same address.
      HTTP_FORWARDED_COUNT: '1',
      // Default 70 ms: on a small host its health answer then flaps under any load.
      EVENT_LOOP_LAG_MS: '1000',
      ...overwrittenSettings(),
    },
    listens: [PORTS.rocketchat],
    publishes: {},
    volumes: [{ source: 'rocketchat-uploads', target: '/app/uploads', readOnly: false }],
    aliases: [],
    // Node is not made to be process 1: nobody would collect what its children leave behind.
    init: true,
    allows: [
      { what: 'user', because: 'its image has one of its own, 65533, whose the uploads are' },
      { what: 'writes', because: 'where else than to its uploads it writes could not be tried here' },
      { what: 'memory', because: 'what it takes grows with those who are online' },
    ],
    mostProcesses: 1024,
    stopGraceS: 30,
    runsAs: '65533',
    trustsAuthority: true,
  },
});
