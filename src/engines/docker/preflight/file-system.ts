import type { PreflightCheck } from './facts.ts';

const OVER_A_NETWORK =
  'it is reached over a network: locks that do not hold and writes that are reported done too soon damage databases there';

/** Kind → what becomes of databases on it. */
const TROUBLED: ReadonlyMap<string, string> = new Map([
  ['nfs', OVER_A_NETWORK],
  ['cifs', OVER_A_NETWORK],
  ['smb2', OVER_A_NETWORK],
  ['9p', 'it is shared with the host of a virtual machine: databases cannot lock or map their files there'],
  [
    'fuse',
    'it is a program that answers for the disk: what it says of locks and of writes that are done is seldom true',
  ],
  ['vfat', 'it knows no owners and no rights, so that no database starts there'],
  ['exfat', 'it knows no owners and no rights, so that no database starts there'],
  ['tmpfs', 'it is memory: all data is gone when the machine starts again'],
  ['ramfs', 'it is memory: all data is gone when the machine starts again'],
]);

export const volumesAreOnADisk: PreflightCheck = ({ fileSystem, dataRoot }) => {
  const why = fileSystem === undefined ? undefined : TROUBLED.get(fileSystem);
  if (why === undefined) return [];
  return [
    {
      level: 'warning',
      code: 'MACHINE_UNFIT',
      what: `volumes lie under ${dataRoot}, which is ${fileSystem}`,
      why,
      next: 'let the engine keep its data on a disk of its own (XFS or ext4): `data-root` in /etc/docker/daemon.json',
    },
  ];
};
