import { type Words, words } from '../../config/section.ts';
import type { Wording } from '../../config/wording.ts';

/** How announcements are worded. */
export interface NotifierConfig {
  /** User name in the forge → user name in the chat. */
  readonly people: Readonly<Record<string, string>>;
  /** Hosts that messages may link to beside the forge's own; `*.name`: those below one. */
  readonly links: readonly string[];
  /** For deliveries that name no room. */
  readonly routes: readonly RouteConfig[];
  /** Texts in place of ours, in the language of the chat. */
  readonly wording: Wording;
}

export interface RouteConfig {
  readonly source: { readonly kind: 'project' | 'group'; readonly path: string };
  readonly room: string;
}

export const NOTIFIER: Words<NotifierConfig> = words('Notifier');
