/** A forge that is played: its events, made here as requests that a receiver takes for its own. Pure. */
import type { Secret } from '../values/secret.ts';

export interface PlayedForge {
  /** Events that can be played, in the order in which they are listed. Names are unique. */
  readonly samples: readonly Sample[];
  /** Base URL of a forge that is nobody's, for deliveries shown without a stack; no trailing slash. */
  readonly exampleUrl: string;
  /** A chatops.yaml in which this forge announces something, for the same. */
  readonly exampleConfig: string;
  /** The same sample and context always give the same delivery. */
  play(sample: Sample, context: SampleContext): PlayedDelivery;
  /** A file with what was really sent has no more, MiB. */
  readonly largestCapturedMib: number;
  /**
   * What was really sent once: a payload as JSON, or an entry of the forge's own log of deliveries.
   * @param source what it is called, for reports: the name of a file
   * @param forge base URL of the forge that seems to send, where the text does not say it
   * @throws ChatopsError USAGE when it is none
   */
  captured(text: string, source: string, forge: string): PlayedDelivery;
}

/** An event that can be played. */
export interface Sample {
  /** As it is called on the command line: `merge-request-merged`. */
  readonly name: string;
  /** One line for the list. */
  readonly about: string;
  /** What the forge calls such an event in a delivery. */
  readonly header: string;
  /** What it is whatever the forge, for those who need one that everybody announces. Absent: nothing of these. */
  readonly everyday?: 'push' | 'pipeline-passed' | 'pipeline-failed';
  readonly build: (context: SampleContext) => Payload;
}

export type Payload = Readonly<Record<string, unknown>>;

export interface SampleContext {
  readonly now: Date;
  /** Base URL of the forge that seems to send, no trailing slash. */
  readonly forge: string;
  /** Full path of the project it seems to happen in. */
  readonly project: string;
  /** Random: stands in every payload, so that the message it becomes can be told from all others. */
  readonly word: string;
}

export interface PlayedDelivery {
  /** What is played, for reports: `push`, or the name of a file. */
  readonly name: string;
  /** What the forge calls such an event. */
  readonly header: string;
  readonly payload: Payload;
  request(options: SendOptions): DeliveryRequest;
}

export interface SendOptions {
  /** Which the receiver knows its forge by. */
  readonly secret: Secret;
  /** `form`: one field `payload` with the JSON in it, as old tutorials send it. */
  readonly encoding: 'json' | 'form';
  /** A new UUID at each call. */
  readonly uuid: () => string;
}

export interface DeliveryRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
