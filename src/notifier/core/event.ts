import type { Message } from './message.ts';
import type { Fields } from './read.ts';
import type { Settings } from './settings.ts';
import type { Texts } from './wording/index.ts';

export interface GitLabEvent {
  /** The header X-Gitlab-Event; the same for all system hooks, so it only helps where the payload says nothing. */
  readonly header: string;
  readonly payload: Fields;
  /** The header X-Gitlab-Instance: where GitLab is. For objects whose payload has no address of theirs. */
  readonly instance?: string;
}

/** What rooms choose by. */
export type Topic =
  | 'push'
  | 'tag_push'
  | 'issue'
  | 'note'
  | 'merge_request'
  | 'pipeline'
  | 'job'
  | 'deployment'
  | 'release'
  | 'wiki_page'
  | 'milestone'
  | 'feature_flag'
  | 'emoji'
  | 'member'
  | 'subgroup'
  | 'project'
  | 'token'
  | 'user'
  | 'other';

/** `asks`: nothing goes on until somebody acts, so that it is announced in every room. */
export type Outcome = 'failed' | 'succeeded' | 'other' | 'intermediate' | 'asks';

/** A message with what decides whether a room wants it. */
export interface Description {
  readonly message: Message;
  readonly branch?: string;
  readonly outcome?: Outcome;
  /** What the outcome is of, across runs: `pipeline group/project main`. */
  readonly subject?: string;
}

export interface Context {
  readonly words: Texts;
  readonly settings: Settings;
  /** Where GitLab is, without a slash at the end; empty when nobody said. */
  readonly instance: string;
  /** GitLab username of whose act this is: named without being notified. Empty when it is nobody's, or news to them too. */
  readonly actor: string;
  /** Whether the last known outcome of this subject was a failure. */
  readonly hadFailed: (subject: string) => boolean;
}

export interface Describer {
  readonly topic: Topic;
  /** @returns undefined when nothing happened that people care about */
  readonly describe: (event: GitLabEvent, context: Context) => Description | undefined;
}
