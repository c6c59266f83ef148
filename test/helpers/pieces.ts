import type { House } from '../../src/contracts/house.ts';
import { ownHouse } from '../../src/wiring/parts.ts';

/** Our own parts, and the hand-written pieces of this checkout. */
export const house: House = ownHouse();
export const { pieces } = house;
