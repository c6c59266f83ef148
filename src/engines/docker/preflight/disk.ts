import { servicesOf } from '../../../stack/services-of.ts';
import { GIB, gib, type PreflightCheck } from './facts.ts';

/** For data and logs of the first days, bytes. */
const DATA = 2 * GIB;

export const diskIsFree: PreflightCheck = ({ stack, freeBytes, dataRoot, lacking }) => {
  // Members of a set share one image.
  const sizes = new Map(
    servicesOf(stack).flatMap(({ name, container, needs }) =>
      lacking.has(name) ? [[container.image, needs.imageGib] as const] : [],
    ),
  );
  const images = [...sizes.values()].reduce((sum, size) => sum + size * GIB, 0);
  const wanted = DATA + images;
  if (freeBytes === undefined || freeBytes >= wanted) return [];
  const what = images === 0 ? 'the data of this stack takes' : 'images that are still to be fetched and the data take';
  return [
    {
      level: 'warning',
      code: 'MACHINE_UNFIT',
      what: `${gib(freeBytes)} are free under ${dataRoot}`,
      why: `${what} about ${gib(wanted)}${images === 0 ? '' : `, ${gib(images)} of it images`}`,
      next: 'make room: `docker system df` shows what takes it, `docker image prune` removes images nobody uses',
    },
  ];
};
