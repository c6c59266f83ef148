/** Docker's own image, and where it keeps its data: docker-library/postgres, README, "PGDATA". */
import type { ImageSpec } from '../../config/additions.ts';

export const postgresImage: ImageSpec = { reference: 'postgres:17.6', about: 'PostgreSQL' };

/** From this one on data stand in a folder a major version, and the volume is the folder above. */
const FOLDER_A_MAJOR = 18;

/** @param image reference; a tag without a version is taken for the newest */
export const dataFolderOf = (image: string): string => {
  const [, major] = /:v?(\d+)[^/]*$/.exec(image.replace(/@.*$/, '')) ?? [];
  return major !== undefined && Number(major) < FOLDER_A_MAJOR ? '/var/lib/postgresql/data' : '/var/lib/postgresql';
};
