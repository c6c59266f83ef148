import { flag } from './option-kinds.ts';

/** Every command takes it, on a user's machine and in containers. */
export const JSON_OPTION = flag('one JSON document, or one per line while running');
