/** An event of GitLab that can be played: what it is called on the command line, and the delivery it makes. */
export interface Sample {
  /** `merge-request-merged`. */
  readonly name: string;
  /** One line for the list. */
  readonly about: string;
  /** What GitLab writes into `X-Gitlab-Event`. */
  readonly header: string;
  readonly build: (context: SampleContext) => Payload;
}

export type Payload = Readonly<Record<string, unknown>>;

export interface SampleContext {
  readonly now: Date;
  /** Base URL of the GitLab that seems to send, no trailing slash. */
  readonly gitlab: string;
  /** Full path of the project it seems to happen in. */
  readonly project: string;
  /** Random: stands in every payload, so that the message it becomes can be told from all others. */
  readonly word: string;
}
