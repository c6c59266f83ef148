import type { House } from '../../src/contracts/house.ts';
import { ownHouse } from '../../src/wiring/own-house.ts';

/** Our own parts and kinds of questions, and the hand-written pieces of this checkout. */
export const house: House = ownHouse();
