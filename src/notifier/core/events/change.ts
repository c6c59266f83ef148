import type { FilledIn } from '../fill.ts';
import type { Line } from '../message.ts';

/** One thing that changed. */
export interface ChangeNews {
  /** As one of several. */
  readonly line: Line;
  /** As the whole news, where it may be that. */
  readonly template?: string;
  readonly parts?: Readonly<Record<string, FilledIn>>;
  /** Concerns somebody by name, who should hear of it: who is asked, or who is no more. */
  readonly isPersonal?: 'asked' | 'released';
}
