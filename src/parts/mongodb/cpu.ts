import type { Needs } from '../../stack/stack.ts';
import { officialImage } from './official-image.ts';

/** The first major that wants AVX. */
const WANTS_AVX = 5;

const wantsAvx = (image: string): boolean => {
  const found = officialImage(image);
  return found !== undefined && (found.version === undefined || Number.parseInt(found.version, 10) >= WANTS_AVX);
};

/** An older MongoDB is no way out: Rocket.Chat 7 and 8 do not take what runs without AVX. */
export const cpuFor = (image: string): Pick<Needs, 'cpu'> => {
  if (!wantsAvx(image)) return {};
  return {
    cpu: {
      flag: 'avx',
      why: `${image} ends with an illegal instruction without it, as every MongoDB from 5.0 on, and Rocket.Chat takes no older one`,
      next: "give the virtual machine the host's own CPU type (`host` in QEMU and Proxmox), or use a replica set elsewhere: `mongo: { kind: external }`",
    },
  };
};
