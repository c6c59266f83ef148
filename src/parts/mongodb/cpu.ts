import type { Needs } from '../../stack/stack.ts';

/** The builds of MongoDB's makers; somebody's own may do without. */
const OFFICIAL =
  /^(?:docker\.io\/)?(?:(?:library\/)?mongo|mongodb\/mongodb-(?:community|enterprise)-server)(?::v?(\d+)|@|$)/;
/** The first major that wants AVX. */
const WANTS_AVX = 5;

const wantsAvx = (image: string): boolean => {
  const found = OFFICIAL.exec(image);
  return found !== null && (found[1] === undefined || Number(found[1]) >= WANTS_AVX);
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
