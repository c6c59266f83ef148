import { type Words, words } from '../../config/section.ts';

export interface ForgeConfig {
  readonly kind: 'bundled' | 'external' | 'none';
  /** The existing forge's public URL, without a trailing slash. Present exactly when `kind` is `external`. */
  readonly url?: string;
  readonly announce: readonly AnnounceConfig[];
}

/** One hook: what happens in `source` is announced in `room`. */
export interface AnnounceConfig {
  readonly source: { readonly kind: 'project' | 'group'; readonly path: string } | { readonly kind: 'instance' };
  readonly room: string;
  readonly events: readonly AnnounceEvent[];
  /** Patterns with `*`. Absent: all. */
  readonly branches?: readonly string[];
  /** Of what can fail only failures and recoveries. Absent: all. */
  readonly loud?: 'failures';
  /** States on the way too. Absent: not. */
  readonly intermediate?: true;
  /** Absent: that of the chat. */
  readonly locale?: 'en' | 'fr';
}

export const ANNOUNCE_EVENTS = [
  'push',
  'tag_push',
  'issues',
  'confidential_issues',
  'note',
  'merge_requests',
  'pipeline',
  'job',
  'wiki_page',
  'deployment',
  'releases',
  'milestone',
  'feature_flag',
  'emoji',
] as const;
export type AnnounceEvent = (typeof ANNOUNCE_EVENTS)[number];

export const FORGE: Words<ForgeConfig> = words('Forge');
