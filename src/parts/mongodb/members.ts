/** The members of the set, by name and port. */
import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { DATABASE } from '../../contracts/sections/database.ts';
import type { Endpoint } from '../../stack/stack.ts';

/** mongod's own default. */
export const MONGO_PORT = 27017;

/** `mongo`, `mongo-1`, `mongo-2`, …: by ordinal, so that growing and shrinking never renames a member. */
const memberName = (ordinal: number): string => (ordinal === 0 ? 'mongo' : `mongo-${ordinal}`);

export const mongoMembers = (config: Config): readonly Endpoint[] =>
  Array.from({ length: sectionOf(config, DATABASE).members }, (_, ordinal) => ({
    service: memberName(ordinal),
    port: MONGO_PORT,
  }));
