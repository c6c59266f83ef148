/** Versions of a release (https://semver.org/spec/v2.0.0.html). Pure. */

const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9a-z]+(?:\.[0-9a-z]+)*))?$/;

type Parts = readonly [number, number, number, string | undefined];

const partsOf = (text: string): Parts | undefined => {
  const [, major, minor, patch, pre] = VERSION.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), Number(minor), Number(patch), pre];
};

/** Numbers are compared as numbers, words as words; a word is later than a number. */
const compareWords = (one: string, other: string): number => {
  const [numeric, otherNumeric] = [/^\d+$/.test(one), /^\d+$/.test(other)];
  if (numeric && otherNumeric) return Number(one) - Number(other);
  if (numeric !== otherNumeric) return numeric ? -1 : 1;
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

const comparePre = (one: string | undefined, other: string | undefined): number => {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  const [words, others] = [one.split('.'), other.split('.')];
  for (let index = 0; index < Math.max(words.length, others.length); index += 1) {
    const [word, another] = [words[index], others[index]];
    if (word === undefined || another === undefined) return word === undefined ? -1 : 1;
    const order = compareWords(word, another);
    if (order !== 0) return order;
  }
  return 0;
};

/** Whether `next` comes after `last`; false for texts that are no versions. */
export const isLater = (next: string, last: string): boolean => {
  const [one, other] = [partsOf(next), partsOf(last)];
  if (one === undefined || other === undefined) return false;
  const order = one[0] - other[0] || one[1] - other[1] || one[2] - other[2] || comparePre(one[3], other[3]);
  return order > 0;
};

export const isVersion = (text: string): boolean => partsOf(text) !== undefined;
