/** What goes wrong inside Rocket.Chat's container. Texts are those of its Node.js driver and its start-up checks. */
import { lineWith, type Recogniser } from '../../engines/docker/diagnosis/symptoms.ts';

const ofChat = (recogniser: Recogniser): Recogniser => ({
  ...recogniser,
  recognise: (symptoms) => (symptoms.role === 'rocketchat' ? recogniser.recognise(symptoms) : undefined),
});

/** Code 20. */
export const noReplicaSet = ofChat({
  name: 'MongoDB without a replica set',
  hopeless: true,
  recognise: ({ log }) =>
    /Transaction numbers are only allowed on a replica set|ChangeStream.+replica set/i.test(log)
      ? {
          what: 'its MongoDB is no member of a replica set, which Rocket.Chat needs',
          next: 'start that MongoDB with --replSet and initiate the set, or let us run one: `mongo: { kind: bundled }`',
        }
      : undefined,
});

export const mongoTooOld = ofChat({
  name: 'MongoDB too old',
  hopeless: true,
  recognise: ({ log }) =>
    /MONGODB VERSION .*(?:NOT SUPPORTED|UNSUPPORTED)|reports (?:minimum|maximum) wire version/i.test(log)
      ? {
          what: `its MongoDB has a version that this Rocket.Chat does not take: ${lineWith(log, /MONGODB VERSION|wire version/i)}`,
          next: 'Rocket.Chat 8 wants MongoDB 7.0 or newer, 7 wants 5.0 to 7.0: set `images: { mongo: … }` to fit',
        }
      : undefined,
});

const UNREACHABLE = /MongoServerSelectionError|MongoNetworkError|MongoTopologyClosedError|Server selection timed out/;

/** The set may be known under names that do not resolve here: then the client leaves the seed for the advertised name. */
export const mongoUnreachable = ofChat({
  name: 'MongoDB not reachable',
  recognise: ({ log }) => {
    if (!UNREACHABLE.test(log)) return undefined;
    const host = /getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)/.exec(log)?.[1];
    if (host !== undefined) {
      return {
        what: `it cannot find MongoDB under the name ${host}`,
        next: `the set may have been initiated under another name: \`chatops-up plan\` shows what mongo-replica-set would fix; for a set of your own, check CHATOPS_MONGO_URL in .env`,
      };
    }
    return {
      what: `it cannot reach a PRIMARY of its MongoDB: ${lineWith(log, UNREACHABLE)}`,
      next: '`chatops-up status` shows whether the set has a PRIMARY; a set that lost its majority needs its members back',
    };
  },
});

export const brokenOptions = ofChat({
  name: 'MONGO_OPTIONS',
  hopeless: true,
  recognise: ({ log }) =>
    /MONGO_OPTIONS/.test(log) && /JSON|parse/i.test(log)
      ? { what: 'MONGO_OPTIONS of its container is no JSON', next: 'fix or remove that variable' }
      : undefined,
});
