/** The most likely known cause of a failure: the first recogniser of the table that knows the symptoms. Pure. */
import type { KnownCause } from '../../../contracts/diagnosis.ts';
import * as gitlab from '../../../parts/gitlab/causes.ts';
import * as mongo from '../../../parts/mongodb/causes.ts';
import * as rocketchat from '../../../parts/rocketchat/causes.ts';
import * as access from './causes/access.ts';
import * as machine from './causes/machine.ts';
import * as network from './causes/network.ts';
import type { Recogniser, Symptoms } from './symptoms.ts';

/**
 * What explains more comes first: a full disk also makes a database end, and then its clients cannot reach it. Before all
 * stands a server that answers and refuses: whatever it went through on its way there is over.
 */
export const RECOGNISERS: readonly Recogniser[] = [
  access.loginBlocked,
  access.wrongPassword,
  access.deadToken,
  machine.volumeFull,
  machine.readOnly,
  machine.memoryLimit,
  machine.javascriptHeap,
  machine.illegalInstruction,
  machine.cannotRun,
  mongo.dataOfAnotherVersion,
  mongo.dataHeld,
  mongo.keyFile,
  mongo.halfMade,
  rocketchat.noReplicaSet,
  rocketchat.mongoTooOld,
  rocketchat.brokenOptions,
  rocketchat.mongoUnreachable,
  gitlab.rootPassword,
  gitlab.upgradePath,
  gitlab.reconfigure,
  gitlab.monitoring,
  gitlab.runnerGivesUp,
  network.nginxRefused,
  machine.addressInUse,
  machine.noRight,
  machine.killed,
  machine.stopped,
  gitlab.booting,
  network.nothingListens,
];

const find = (symptoms: Symptoms, among: readonly Recogniser[]): KnownCause | undefined => {
  for (const recogniser of among) {
    const cause = recogniser.recognise(symptoms);
    if (cause) return cause;
  }
  return undefined;
};

export const recognise = (symptoms: Symptoms): KnownCause | undefined => find(symptoms, RECOGNISERS);

const HOPELESS = RECOGNISERS.filter(({ hopeless }) => hopeless === true);

/** Whether a service that ended like this will end like this again, however often it is started. */
export const isHopeless = (symptoms: Symptoms): boolean => find(symptoms, HOPELESS) !== undefined;
