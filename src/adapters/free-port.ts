import { portTrouble } from './port-trouble.ts';

/** Further than this from what was wanted, a port says nothing to anybody. */
const TRIES = 200;
const LARGEST = 65_535;

/** The next free port after one that is not; undefined when there is none near. */
export const freePortAfter = async (port: number, taken: ReadonlySet<number>): Promise<number | undefined> => {
  for (let next = port + 1; next <= Math.min(port + TRIES, LARGEST); next += 1)
    if (!taken.has(next) && (await portTrouble(next)) === undefined) return next;
  return undefined;
};
