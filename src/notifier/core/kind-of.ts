import type { GitLabEvent } from './event.ts';
import { at, text } from './read.ts';

/** `object_kind`, else `event_name`; never the header, which is the same for all system hooks. */
export const kindOf = ({ payload }: GitLabEvent): string =>
  text(at(payload, 'object_kind')) || text(at(payload, 'event_name'));

/** What to call an event that does not say what it is: `Push Hook` → `push`. */
export const nameOf = (event: GitLabEvent): string =>
  kindOf(event) ||
  event.header
    .toLowerCase()
    .replace(/ hook$/, '')
    .replace(/[^a-z]+/g, '_')
    .slice(0, 60);
