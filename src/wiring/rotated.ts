import { HOOK_SECRET } from '../contracts/hook-secret.ts';
import { MONGO_KEY, MONGO_PASSWORD, MONGO_PROBE_PASSWORD } from '../parts/mongodb/secret-names.ts';

/** What can be changed on both sides without anybody being locked out afterwards: name on the command line → variable. */
export const ROTATED: Readonly<Record<string, string>> = {
  'hook-secret': HOOK_SECRET,
  'mongo-password': MONGO_PASSWORD,
  'mongo-probe-password': MONGO_PROBE_PASSWORD,
  'mongo-key': MONGO_KEY,
};
