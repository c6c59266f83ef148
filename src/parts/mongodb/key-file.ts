/**
 * The key that the members of the set share, and how mongod gets it: a file that only its own user may read.
 *
 * It is written by the container itself before mongod starts, out of a variable that mongod then does not have, into
 * memory (/dev/shm): so it stands neither in a file of the stack nor on a disk. mongod refuses a key file that others
 * may read, and the official image runs it as uid 999 (docker-library/mongo, Dockerfile).
 */

import { MONGO_KEY } from './secret-names.ts';

const KEY_FILE = '/dev/shm/mongo.key';
const OWNER = '999:999';

/** What stands before the words of mongod; as `$0` it is the sign where they begin. */
const SIGN = 'with-key-file';

/** The image's own entrypoint, where there is one, gives mongod its user. */
const SCRIPT = [
  'set -e',
  'umask 377',
  `rm -f ${KEY_FILE}`,
  `printf %s "$${MONGO_KEY}" > ${KEY_FILE}`,
  `if [ "$(id -u)" = 0 ]; then chown ${OWNER} ${KEY_FILE}; fi`,
  `unset ${MONGO_KEY}`,
  'if command -v docker-entrypoint.sh > /dev/null; then exec docker-entrypoint.sh "$@"; fi',
  'exec "$@"',
].join('; ');

/** @param words `mongod` and its arguments */
export const withKeyFile = (words: readonly string[]): readonly string[] => [
  ...['sh', '-c', SCRIPT, SIGN],
  ...words,
  ...['--keyFile', KEY_FILE],
];

/** The words of mongod out of a container's command, with the key file at another place; undefined when it has none. */
export const withKeyFileAt = (command: readonly string[], path: string): readonly string[] | undefined => {
  const at = command.indexOf(SIGN);
  return at < 0 ? undefined : command.slice(at + 1).map((word) => (word === KEY_FILE ? path : word));
};
