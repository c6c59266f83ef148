/** What is known when something failed: all that a cause can be recognised by. */

import type { KnownCause } from '../../../contracts/diagnosis.ts';
import type { ErrorCode } from '../../../errors/catalogue.ts';
import type { Exit } from '../containers.ts';

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
  /** That it writes to: `mongo-data at /data/db`. */
  readonly volumes: readonly string[];
}

export interface Recogniser {
  /** For tests and for reading: `memory limit`. */
  readonly name: string;
  /** Waiting or starting again cannot fix it: the service is given up at its first end. Default false. */
  readonly hopeless?: boolean;
  /** Undefined when it is not this. Pure. */
  recognise(symptoms: Symptoms): KnownCause | undefined;
}

/** Whatever was said about it, by whomever. */
export const allWords = ({ said, engineSays, log }: Symptoms): string => `${said}\n${engineSays}\n${log}`;

/** The first line that matches, without what stands around it; for causes that quote. */
export const lineWith = (text: string, pattern: RegExp): string =>
  text
    .split('\n')
    .find((line) => pattern.test(line))
    ?.trim()
    .slice(0, 200) ?? '';
