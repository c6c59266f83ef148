import { type Check, gib, together } from './facts.ts';

/** What the vendors' images take unpacked, GiB, rounded up. */
const IMAGES = { gitlab: 4, rocketchat: 2, mongo: 1, 'gitlab-runner': 0.5, nginx: 0.1, bot: 0.1, prober: 0.1 } as const;
/** For data and logs of the first days, bytes. */
const DATA = 2 * 1024 ** 3;

export const diskIsFree: Check = ({ stack, freeBytes, dataRoot, made }) => {
  const wanted = DATA + (made ? 0 : together(stack, IMAGES));
  if (freeBytes === undefined || freeBytes >= wanted) return [];
  return [
    {
      level: 'warning',
      code: 'MACHINE_UNFIT',
      what: `${gib(freeBytes)} are free under ${dataRoot}`,
      why: `the ${made ? 'data' : 'images and data'} of this stack take about ${gib(wanted)}`,
      next: 'make room: `docker system df` shows what takes it, `docker image prune` removes images nobody uses',
    },
  ];
};
