/** The most likely known cause of a failure: the first recogniser that knows the symptoms. Pure. */
import { EXPLAINS, type Recogniser, type Symptoms } from '../../../contracts/cause.ts';
import type { KnownCause } from '../../../contracts/diagnosis.ts';
import { machineCauses } from './causes/machine.ts';
import { nothingListens } from './causes/nothing-listens.ts';

export interface Recognise {
  /** Undefined when no cause is known. */
  readonly cause: (symptoms: Symptoms) => KnownCause | undefined;
  /** Whether a service that ended like this will end like this again, however often it is started. */
  readonly isHopeless: (symptoms: Symptoms) => boolean;
  /** All of them, in the order in which they are asked. */
  readonly all: readonly Recogniser[];
}

const find = (symptoms: Symptoms, among: readonly Recogniser[]): KnownCause | undefined => {
  for (const recogniser of among) {
    const cause = recogniser.recognise(symptoms);
    if (cause) return cause;
  }
  return undefined;
};

/** @param ofParts what the parts know of their own products: asked before what any container may suffer from */
export const createRecognise = (ofParts: readonly Recogniser[]): Recognise => {
  const known = [...ofParts, ...machineCauses, nothingListens];
  const all = EXPLAINS.flatMap((each) => known.filter(({ explains = 'program' }) => explains === each));
  const hopeless = all.filter((recogniser) => recogniser.hopeless === true);
  return {
    cause: (symptoms) => find(symptoms, all),
    isHopeless: (symptoms) => find(symptoms, hopeless) !== undefined,
    all,
  };
};
