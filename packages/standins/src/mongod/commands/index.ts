/** Every command this mongod knows, by every spelling; the rest is 59 CommandNotFound. */
import { authentication } from './authentication.ts';
import { betweenMembers } from './between-members.ts';
import { catalog } from './catalog.ts';
import type { Command } from './command.ts';
import { hello } from './hello.ts';
import { reads } from './reads.ts';
import { replicaSet } from './replica-set.ts';
import { serverFacts } from './server-facts.ts';
import { sessions } from './sessions.ts';
import { users } from './users.ts';
import { writes } from './writes.ts';

export const COMMANDS: readonly Command[] = [
  hello,
  ...serverFacts,
  ...sessions,
  ...authentication,
  ...users,
  ...catalog,
  ...reads,
  ...writes,
  ...replicaSet,
  ...betweenMembers,
];

const buildinfo = { buildinfo: 'buildInfo', listcollections: 'listCollections' } as const;

const byName = new Map(
  COMMANDS.flatMap((command) => [command.name, ...(command.aliases ?? [])].map((name) => [name, command])),
);

/** Undefined when there is no such command. Names are case-sensitive, but for the old spellings. */
export const commandNamed = (name: string): Command | undefined =>
  byName.get(name) ?? byName.get(buildinfo[name as keyof typeof buildinfo] ?? '');
