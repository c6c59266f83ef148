/**
 * How many random inputs a property is tried with: so many times what it states as CHATOPS_CASES says. Half of it by
 * default, which leaves `npm test` under three minutes; `npm run test:long` tries all, and `npm run test:properties`,
 * which runs every file that asks here, ten times as many as `npm test`. `npm run test:all` runs each of them.
 */
const times = Number(process.env.CHATOPS_CASES ?? '0.5');
if (!(Number.isFinite(times) && times > 0)) throw new Error('CHATOPS_CASES is no positive number');

export const cases = (count: number): number => Math.ceil(count * times);
