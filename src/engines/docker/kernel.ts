/** Kernels that a program does not run on as its image starts it. Pure. */
import type { KernelTrouble } from '../../stack/stack.ts';

type Version = readonly [major: number, minor: number, patch: number];

/** `6.1.0-28-amd64` → 6.1.0; undefined where no version stands. */
const versionOf = (text: string): Version | undefined => {
  const found = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return found ? [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)] : undefined;
};

const isBefore = (one: Version, other: Version): boolean => {
  const differing = one.findIndex((number, position) => number !== other[position]);
  return differing !== -1 && (one[differing] ?? 0) < (other[differing] ?? 0);
};

/** A kernel that does not say its version is not suspected. */
export const isTroubled = (kernel: string, { from, before }: KernelTrouble): boolean => {
  const [running, first, end] = [
    versionOf(kernel),
    versionOf(from),
    before === undefined ? undefined : versionOf(before),
  ];
  if (running === undefined || first === undefined || isBefore(running, first)) return false;
  return end === undefined || isBefore(running, end);
};
