import { gib, type PreflightCheck, together } from './facts.ts';

/** For data and logs of the first days, bytes. */
const DATA = 2 * 1024 ** 3;

export const diskIsFree: PreflightCheck = ({ stack, freeBytes, dataRoot, made }) => {
  const wanted = DATA + (made ? 0 : together(stack, ({ imageGib }) => imageGib));
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
