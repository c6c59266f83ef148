/** `npm run fuzz -- --cases 1000000 [--seed N] [--target NAME] [--from N]`: ends with 1 at a fault, reported with how to have it again. */
import { parseArgs } from 'node:util';
import { countOf, faultText, fuzz } from './fuzz.ts';
import { TARGETS } from './targets/index.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '20000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    target: { type: 'string' },
    from: { type: 'string', default: '0' },
  },
});
const [cases, seed, from] = [Number(values.cases), Number(values.seed), Number(values.from)];
const targets = TARGETS.filter(({ name }) => values.target === undefined || name === values.target);
if (targets.length === 0)
  throw new Error(`there is no target ${values.target}; there are ${TARGETS.map(({ name }) => name).join(', ')}`);

console.log(`seed ${seed}`);
let failed = 0;
for (const target of targets) {
  const count = countOf(target, targets, cases);
  const startedAt = performance.now();
  const faults = await fuzz(target, { seed, from, count });
  failed += faults.length;
  console.log(
    `${target.name}: ${count} cases, ${faults.length} faults, ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`,
  );
  for (const fault of faults) console.log(faultText(fault, seed));
}
process.exitCode = failed > 0 ? 1 : 0;
