import { optionalDuration } from '../../programs/descriptors/option-kinds.ts';

/** Of commands that must be alone on a stack directory. */
export const LOCK_WAIT = optionalDuration('wait this long for another run on the stack to end, e.g. 5m');
