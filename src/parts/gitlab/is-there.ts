import type { Config } from '../../config/config.ts';
import type { ReceiverRef } from '../../stack/stack.ts';
import { usesRelay } from '../../stack/variation.ts';

/** A relay is part of the stack only where something is announced; the webhook of a chat is made in any case. */
export const isThere = (config: Config, { kind }: ReceiverRef): boolean => kind !== 'relay' || usesRelay(config);
