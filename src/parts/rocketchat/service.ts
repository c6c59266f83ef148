import type { Config } from '../../config/config.ts';
import { imageNamed } from '../../config/named.ts';
import { sectionOf } from '../../config/section.ts';
import { settingsOf } from '../../contracts/chat-kind.ts';
import { ADMIN } from '../../contracts/sections/admin.ts';
import { adminAccount } from '../../stack/chat-accounts.ts';
import type { DatabaseOffer, EnvironmentValue, ServiceNode } from '../../stack/stack.ts';
import { rocketchatKind } from './kind.ts';
import type { RocketChatSpec } from './probes/rocketchat.ts';
import type { RocketChatAliveSpec } from './probes/rocketchat-alive.ts';
import type { RocketChatReadySpec } from './probes/rocketchat-ready.ts';
import { LICENSE, MONGO_URL } from './secrets.ts';
import { keptSettings, overwrittenSettings } from './settings.ts';
import { CHAT_ENDPOINT, chatTarget, chatUrl } from './target.ts';

/**
 * One member is enough: the driver learns the others from it. Naming them all would restart Rocket.Chat
 * whenever the set gets one more voter or one less.
 */
const mongoUrl = (offered: DatabaseOffer | undefined): EnvironmentValue => {
  if (offered === undefined) return { secret: MONGO_URL };
  const { set, members, account, database } = offered;
  const [first] = members;
  const seed = first ? `${first.service}:${first.port}` : '';
  const options = `replicaSet=${encodeURIComponent(set)}&authSource=admin`;
  return { secret: account.password, text: `mongodb://${account.username}:{}@${seed}/${database}?${options}` };
};

/** It starts when its database has a PRIMARY: without one it ends by itself after 30 s. */
export const rocketchat = (config: Config, database: DatabaseOffer | undefined): ServiceNode => ({
  kind: 'service',
  name: CHAT_ENDPOINT.service,
  role: 'rocketchat',
  gates: database ? [{ node: database.madeBy, until: 'done' }] : [],
  alive: { what: 'rocketchat-alive', target: chatTarget(config) } satisfies RocketChatAliveSpec,
  ready: { what: 'rocketchat-ready', target: chatTarget(config) } satisfies RocketChatReadySpec,
  usable: { what: 'rocketchat', target: chatTarget(config) } satisfies RocketChatSpec,
  readyWithinMs: 300_000,
  keeps: keptSettings(config),
  needs: { memoryGib: 1, imageGib: 2 },
  container: {
    image: imageNamed(config, 'rocketchat'),
    environment: {
      ROOT_URL: chatUrl(config),
      PORT: String(CHAT_ENDPOINT.port),
      MONGO_URL: mongoUrl(database),
      // Counts only while nobody has the role admin; a later change is ignored by the server.
      ADMIN_USERNAME: sectionOf(config, ADMIN).username,
      ADMIN_NAME: sectionOf(config, ADMIN).name,
      ADMIN_EMAIL: sectionOf(config, ADMIN).email,
      ADMIN_PASS: { secret: adminAccount(config).password },
      // One proxy of ours stands in front; without it every client has the same address.
      HTTP_FORWARDED_COUNT: '1',
      // Default 70 ms: on a small host its health answer then flaps under any load.
      EVENT_LOOP_LAG_MS: '1000',
      // Its address or that of its database changes because chatops.yaml does, never because it was copied: else its
      // administrator is asked that before anything else.
      AUTO_ACCEPT_FINGERPRINT: 'true',
      ...(settingsOf(config, rocketchatKind).licensed ? { [LICENSE]: { secret: LICENSE } } : {}),
      ...overwrittenSettings(config),
    },
    listens: [CHAT_ENDPOINT.port],
    publishes: {},
    volumes: [{ source: 'rocketchat-uploads', target: '/app/uploads', readOnly: false }],
    aliases: [],
    // Node is not made to be process 1: nobody would collect what its children leave behind.
    init: true,
    allows: [
      { what: 'user', because: 'its image has one of its own, 65533, whose the uploads are' },
      { what: 'writes', because: 'where else than to its uploads it writes could not be tried here' },
    ],
    // Twice its everyday use: what it takes grows with those who are online.
    most: { memoryMib: 2048, cpus: 2 },
    mostProcesses: 1024,
    stopGraceS: 30,
    runsAs: '65533',
    trustsAuthority: true,
  },
});
