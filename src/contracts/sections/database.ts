import { type Words, words } from '../../config/section.ts';

/** The chat's database, a replica set. */
export interface DatabaseConfig {
  /** `external`: an existing set; its address stands in `.env`, as it may hold a password. */
  readonly kind: 'bundled' | 'external';
  /** Name of the set. */
  readonly set: string;
  /** Voting members, 1 to 7. */
  readonly members: number;
}

export const DATABASE: Words<DatabaseConfig> = words('Database');
