/** What goes wrong inside a mongod's container. Texts and statuses are mongod's own. */
import { lineWith, type Recogniser } from '../../engines/docker/diagnosis/symptoms.ts';

const ofMongo = (recogniser: Recogniser): Recogniser => ({
  ...recogniser,
  recognise: (symptoms) => (symptoms.role === 'mongo' ? recogniser.recognise(symptoms) : undefined),
});

/** 62: EXIT_NEED_UPGRADE of mongod. */
export const dataOfAnotherVersion = ofMongo({
  name: 'data of another MongoDB',
  hopeless: true,
  recognise: ({ exit, log }) =>
    exit?.exitCode === 62 || /Wrong mongod version|invalid featureCompatibilityVersion/i.test(log)
      ? {
          what: 'the data in its volume are of another major version of MongoDB',
          next: 'set the image that they were made with under `images: { mongo: … }`, then go up one major at a time; or begin anew with `chatops-up down --volumes`',
        }
      : undefined,
});

/** 100: an uncaught exception at the start, among them a data folder that another mongod holds. */
export const dataHeld = ofMongo({
  name: 'data held by another mongod',
  hopeless: true,
  recognise: ({ log }) =>
    /DBPathInUse|Another mongod instance is already running/i.test(log)
      ? {
          what: 'another mongod has its data folder open',
          next: 'stop the container that mounts the same volume (`docker ps --filter volume=…` names it)',
        }
      : undefined,
});

export const keyFile = ofMongo({
  name: 'key file',
  hopeless: true,
  recognise: ({ log }) => {
    if (/security\.keyFile is required/i.test(log)) {
      return {
        what: 'users are switched on without a key file, which members of a set need to trust each other',
        next: 'take MONGO_INITDB_ROOT_* and --auth away from the container: the set is reachable inside the stack alone',
      };
    }
    return /permissions on .+ are too open/i.test(log)
      ? {
          what: `its key file may be read by others: ${lineWith(log, /permissions on .+ are too open/i)}`,
          next: 'make it readable for uid 999 alone (mode 400)',
        }
      : undefined;
  },
});

/** Code 18 with the right password: the first start was cut off before its users were made. */
export const halfMade = ofMongo({
  name: 'half-made data',
  recognise: ({ said, log }) =>
    /AuthenticationFailed|Authentication failed/.test(`${said}\n${log}`)
      ? {
          what: 'it knows no user with that password; a first start that was cut off leaves data without users',
          next: 'if the stack is new, begin anew with `chatops-up down --volumes`; else put the old password back',
        }
      : undefined,
});
