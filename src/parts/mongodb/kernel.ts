/**
 * MongoDB 8 takes memory through caches of each CPU (TCMalloc), which break on Linux 6.19.0 to 7.0.13: SERVER-121912,
 * SERVER-125742, and the release notes of MongoDB 8.0. Docker's image switches them on by GLIBC_TUNABLES
 * (docker-library/mongo #723); given back to the C library, they stay off, and every build starts.
 */
import type { Needs } from '../../stack/stack.ts';
import { officialImage } from './official-image.ts';

const FROM = '6.19.0';
const WELL_AGAIN = '7.0.14';
/** The first major with these caches. */
const FIRST_MAJOR = 8;
/** They refuse every kernel from 6.19 on, the repaired ones too (docker-library/mongo #765). */
const REFUSE_MORE = ['8.0.28', '8.0.29', '8.0.30', '8.3.9'];

export const RSEQ_TO_GLIBC = { GLIBC_TUNABLES: 'glibc.pthread.rseq=1' } as const;

export const kernelFor = (image: string): Pick<Needs, 'kernel'> => {
  const official = officialImage(image);
  if (official === undefined) return {};
  const { version } = official;
  if (version !== undefined && Number.parseInt(version, 10) < FIRST_MAJOR) return {};
  const refusesMore = version !== undefined && REFUSE_MORE.includes(version);
  return {
    kernel: {
      from: FROM,
      ...(refusesMore ? {} : { before: WELL_AGAIN }),
      why: refusesMore
        ? `MongoDB ${version} refuses every Linux from ${FROM} on`
        : `MongoDB ${FIRST_MAJOR} crashes or refuses to start on Linux ${FROM} up to ${WELL_AGAIN} (SERVER-121912)`,
      remedy: RSEQ_TO_GLIBC,
      next: refusesMore
        ? 'it takes memory more slowly; a newer image needs no remedy'
        : `it takes memory more slowly; Linux ${WELL_AGAIN} needs no remedy`,
    },
  };
};
