/**
 * How many random inputs a property is tried with: so many times what it states as CHATOPS_CASES says (1 by default).
 * `npm run test:properties` tries twenty times as many.
 */
const times = Number(process.env.CHATOPS_CASES ?? '1');
if (!(Number.isFinite(times) && times > 0)) throw new Error('CHATOPS_CASES is no positive number');

export const cases = (count: number): number => Math.ceil(count * times);
