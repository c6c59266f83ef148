/** What goes wrong inside Rocket.Chat's container. Texts are those of its Node.js driver and its start-up checks. */
import { lineWith, ofRole, type Recogniser, type Symptoms } from '../../contracts/cause.ts';

/** Code 20. */
const noReplicaSet = ofRole('rocketchat', {
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

const mongoTooOld = ofRole('rocketchat', {
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
const mongoUnreachable = ofRole('rocketchat', {
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
      next: 'a set that lost its majority needs its members back (`chatops-up status` shows ours); of a MongoDB of your own, see that its machine lets the containers in, and that CHATOPS_MONGO_URL in .env names it',
    };
  },
});

/** `mongo: { kind: external }`: what stands in .env is the person's. With ours it is made from what stands there. */
const OWN_DATABASE = 'with a MongoDB of your own correct CHATOPS_MONGO_URL in .env';

const mongoRefusesLogin = ofRole('rocketchat', {
  name: 'MongoDB refuses the login',
  hopeless: true,
  recognise: ({ log }) =>
    /MongoServerError: Authentication failed|\bAuthenticationFailed\b/.test(log)
      ? {
          what: 'its MongoDB does not take its user name and password',
          next: `${OWN_DATABASE} (\`authSource=…\` names the database that keeps the user, mostly admin); with ours \`chatops-up up\` gives the user the password of .env`,
        }
      : undefined,
});

const BAD_ADDRESS = /MongoParseError: .*|contains unescaped characters.*/;

const mongoUrlUnread = ofRole('rocketchat', {
  name: 'address of MongoDB',
  hopeless: true,
  recognise: ({ log }) =>
    BAD_ADDRESS.test(log)
      ? {
          what: `it cannot read the address of its MongoDB: ${lineWith(log, BAD_ADDRESS)}`,
          next: `${OWN_DATABASE}: mongodb://user:password@host:27017/rocketchat?replicaSet=…, user and password percent-encoded; then run \`chatops-up up\``,
        }
      : undefined,
});

const brokenOptions = ofRole('rocketchat', {
  name: 'MONGO_OPTIONS',
  hopeless: true,
  recognise: ({ log }) =>
    /MONGO_OPTIONS/.test(log) && /JSON|parse/i.test(log)
      ? { what: 'MONGO_OPTIONS of its container is no JSON', next: 'fix or remove that variable' }
      : undefined,
});

const isBlocked = ({ said }: Symptoms): boolean => /error-login-blocked|login[^.\n]*blocked/i.test(said);

const loginBlocked: Recogniser = {
  name: 'login blocked',
  explains: 'refusal',
  recognise: (symptoms) =>
    isBlocked(symptoms)
      ? {
          what: 'the account is locked after too many wrong passwords (10 within 5 minutes)',
          next: 'correct the password in .env, wait five minutes, run `chatops-up up` again',
        }
      : undefined,
};

const VARIABLE = /CHATOPS_[A-Z_]*PASSWORD\w*/;

const wrongPassword: Recogniser = {
  name: 'wrong password',
  explains: 'refusal',
  recognise: ({ code, said }) => {
    if (code !== 'LOGIN_REFUSED' && !/password differs from CHATOPS_/.test(said)) return undefined;
    const variable = VARIABLE.exec(said)?.[0] ?? 'the password in .env';
    return {
      what: `${variable} differs from the password that the account has: it counts when the account is first made, later the chat keeps its own`,
      next: `put the old value back into .env, or give the account the new one in the chat; then run \`chatops-up up\` again`,
    };
  },
};

/** Docker.Official.Image #290, Rocket.Chat #40473. */
const oldDeno = ofRole('rocketchat', {
  name: 'Deno of another version',
  explains: 'end',
  recognise: ({ log }) =>
    /Unsupported lockfile version '5'/.test(log)
      ? {
          what: 'its image brings Deno 1.43, and the engine of its apps needs 2.3: the first official images of 8.4, 8.5 and 8.6 do',
          next: 'take a later release: `images: { rocketchat: rocket.chat:8.5.3 }`, then `chatops-up up`',
        }
      : undefined,
});

export const rocketchatCauses: readonly Recogniser[] = [
  loginBlocked,
  wrongPassword,
  noReplicaSet,
  mongoTooOld,
  brokenOptions,
  mongoUrlUnread,
  mongoRefusesLogin,
  mongoUnreachable,
  oldDeno,
];
