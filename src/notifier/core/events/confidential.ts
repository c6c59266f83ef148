/** Whether something must not be shown in a room. When in doubt it must not: rooms have more readers than issues. */
import type { GitLabEvent } from '../event.ts';
import { at, isSet, text } from '../read.ts';

const saysConfidential = (value: unknown): boolean => text(value).toLowerCase().includes('confidential');

/** Older GitLab has no `event_type`, and its payload may lack the flag: then only the header says it. */
export const isConfidential = ({ header, payload }: GitLabEvent): boolean =>
  saysConfidential(header) ||
  saysConfidential(payload.event_type) ||
  isSet(at(payload, 'object_attributes', 'confidential')) ||
  isSet(at(payload, 'object_attributes', 'internal')) ||
  isSet(at(payload, 'issue', 'confidential')) ||
  isSet(at(payload, 'work_item', 'confidential')) ||
  isSet(at(payload, 'epic', 'confidential')) ||
  isSet(at(payload, 'note', 'confidential')) ||
  isSet(at(payload, 'note', 'internal'));
