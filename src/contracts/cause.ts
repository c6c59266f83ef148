/** Known causes of failures: all that one can be recognised by, and who recognises it. Engines gather, parts recognise. */

import type { ErrorCode } from '../errors/catalogue.ts';
import type { Exit, KnownCause } from './diagnosis.ts';

export interface Symptoms {
  /** The service that was looked at, and what it plays. */
  readonly service: string;
  readonly role: string | undefined;
  /** Of the failure; undefined while a service is only seen to end. */
  readonly code: ErrorCode | undefined;
  /** The failure in its own words, the probe's answers among them. */
  readonly said: string;
  /** How its container ended the last time; undefined when it did not end in this run. */
  readonly exit: Exit | undefined;
  /** The engine's words where it could not start the container. */
  readonly engineSays: string;
  /** Its last lines. */
  readonly log: string;
  /** Bytes; 0: none. */
  readonly memoryLimit: number;
  /** That it writes to: `wiki-data at /data`. */
  readonly volumes: readonly string[];
  /** How the stack does without what it can, as advice; empty: it needs every service. */
  readonly spared: readonly string[];
  /** User id that its image runs as; undefined when that is not known. */
  readonly runsAs: string | undefined;
}

export const EXPLAINS = ['refusal', 'machine', 'program', 'end', 'patience'] as const;
export type Explains = (typeof EXPLAINS)[number];

export interface Recogniser {
  /** For tests and for reading: `memory limit`. */
  readonly name: string;
  /** Waiting or starting again cannot fix it: the service is given up at its first end. Default false. */
  readonly hopeless?: boolean;
  /**
   * What explains more is asked first: a server that answers and refuses (whatever it went through on its way there is
   * over); the machine (a full disk also makes a database end, and then its clients cannot reach it); the program itself;
   * how it ended; and last that it may only need longer. Default `program`.
   */
  readonly explains?: Explains;
  /** Undefined when it is not this. Pure. */
  recognise(symptoms: Symptoms): KnownCause | undefined;
}

/** All that was said about it. */
export const allWords = ({ said, engineSays, log }: Symptoms): string => `${said}\n${engineSays}\n${log}`;

/** The first line that matches, without what stands around it; for causes that quote. */
export const lineWith = (text: string, pattern: RegExp): string =>
  text
    .split('\n')
    .find((line) => pattern.test(line))
    ?.trim()
    .slice(0, 200) ?? '';

/** Asked only about services of this role. */
export const ofRole = (role: string, recogniser: Recogniser): Recogniser => ({
  ...recogniser,
  recognise: (symptoms) => (symptoms.role === role ? recogniser.recognise(symptoms) : undefined),
});
