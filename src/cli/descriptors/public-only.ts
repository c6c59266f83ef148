import { flag } from '../../programs/descriptors/option-kinds.ts';

/** Of commands that prove a live stack. */
export const PUBLIC_ONLY = flag('ask published addresses only; nothing is started');
