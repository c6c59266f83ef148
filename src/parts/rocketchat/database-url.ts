/** The address of a MongoDB that is there already (MongoDB manual, "Connection Strings"), as Rocket.Chat's container is given it. */
import { ONE_LINE } from '../../config/secret-rules.ts';
import type { SecretKind, SecretRule } from '../../config/secrets.ts';

const SCHEME = 'mongodb(?:\\+srv)?:\\/\\/';
const USER = '(?:[^:@/?#]*(?::[^:@/?#]*)?@)?';
const HOST = '(?:\\[[0-9A-Fa-f:.]+\\]|[^,:/?#@[\\]]+)';
const HERE = '(?:(?:[\\w-]+\\.)*localhost|127(?:\\.\\d+){3}|0\\.0\\.0\\.0|\\[::1?\\])';

const rule = (pattern: string, otherwise: string): SecretRule => ({ matches: new RegExp(pattern, 'i'), otherwise });

export const DATABASE_URL: SecretKind = {
  rules: [
    ONE_LINE,
    rule(`^${SCHEME}`, 'does not begin with mongodb:// or mongodb+srv://'),
    rule(
      `^${SCHEME}${USER}[^@/?#]+(?:[/?][^@#]*)?$`,
      'holds a character of addresses in its user name or password: @ is written %40 there, : %3A, / %2F, ? %3F and # %23',
    ),
    rule('^(?!.*%(?![0-9a-f]{2}))', 'holds a % that no two hexadecimal digits follow: as itself it is written %25'),
    rule(
      `^(?!${SCHEME}${USER}(?:[^/?]*,)?${HERE}(?:[:,/?]|$))`,
      "names this machine: for Rocket.Chat's container that is the container itself; write the name that others call the machine by",
    ),
    rule(
      `^(?:mongodb\\+srv:|mongodb:\\/\\/${USER}${HOST}:\\d{1,5}(?:,${HOST}:\\d{1,5})*(?:[/?]|$))`,
      'names a host without its port: most are host:27017',
    ),
    rule(
      '^mongodb\\+srv:|[?&]replicaSet=[^&]',
      'names no replica set, which Rocket.Chat needs: ?replicaSet=… after the database',
    ),
  ],
};
