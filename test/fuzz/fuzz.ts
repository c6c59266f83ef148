/** Case after case of each target. A case is made from seed, target and number alone, so that it can be had again. */
import { createRandom } from '../helpers/random.ts';
import { mutate, pick } from './mutate.ts';
import { isForeseen, type Target } from './target.ts';

export interface Fault {
  readonly target: string;
  readonly number: number;
  readonly text: string;
  readonly thrown: unknown;
}

const numberOf = (text: string): number => {
  let hash = 2_166_136_261;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 16_777_619);
  return hash;
};

export const caseOf = ({ name, seeds }: Target, seed: number, number: number): string => {
  const random = createRandom((numberOf(`${seed}/${name}`) + Math.imul(number, 2_654_435_761)) | 0);
  return mutate(pick(random, seeds), random);
};

/** Undefined: it was read, or refused as foreseen. */
const faultOf = async (target: Target, number: number, text: string): Promise<Fault | undefined> => {
  try {
    await target.run(text);
    return undefined;
  } catch (thrown) {
    return isForeseen(thrown) ? undefined : { target: target.name, number, text, thrown };
  }
};

/** @returns the first faults, `most` at most */
export const fuzz = async (
  target: Target,
  {
    seed,
    from = 0,
    count,
    most = 3,
  }: { readonly seed: number; readonly from?: number; readonly count: number; readonly most?: number },
): Promise<readonly Fault[]> => {
  const faults: Fault[] = [];
  for (let number = from; number < from + count && faults.length < most; number += 1) {
    const fault = await faultOf(target, number, caseOf(target, seed, number));
    if (fault) faults.push(fault);
  }
  return faults;
};

/** Cases of each target when there are `total` of all. */
export const countOf = (target: Target, targets: readonly Target[], total: number): number => {
  const sum = targets.reduce((all, { share = 1 }) => all + share, 0);
  return Math.ceil((total * (target.share ?? 1)) / sum);
};

export const faultText = ({ target, number, text, thrown }: Fault, seed: number): string => {
  const why = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  return `${target}: npm run fuzz -- --target ${target} --seed ${seed} --from ${number} --cases 1\n${JSON.stringify(text).slice(0, 2_000)}\n${why}`;
};
