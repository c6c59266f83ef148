/** Linux's numbers for kinds of file systems (include/uapi/linux/magic.h; of ZFS, OpenZFS's include/sys/zfs_vfsops_os.h). Pure. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0x794c7630, 'overlay'],
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
  [0x6969, 'nfs'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x01021997, '9p'],
  [0x65735546, 'fuse'],
  [0x4d44, 'vfat'],
  [0x2011bab0, 'exfat'],
]);

/** Undefined for a kind that nothing here is said of. */
export const fileSystemNamed = (type: number): string | undefined => NAMES.get(type);
