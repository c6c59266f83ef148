/** The first boot's database seed: the administrator, once; later changes of the environment do nothing and say nothing. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUser } from './accounts.ts';
import { isTooShort, isWeak } from './passwords.ts';
import { randomText } from './state.ts';
import type { World } from './world.ts';

export interface SeedFacts {
  readonly dir: string;
  readonly rootPassword: string | undefined;
  readonly rootEmail: string;
  readonly registrationToken: string | undefined;
}

const NAME = 'Administrator';
const USERNAME = 'root';

export const isSeeded = (world: World): boolean => world.state.facts.get('seeded') === 'yes';

/** Why the seed, and with it the container, ends; undefined when the password passes (gl:db/fixtures/production/003_admin.rb). */
export const seedProblem = ({ rootPassword, rootEmail }: SeedFacts): string | undefined => {
  if (rootPassword === undefined) return undefined;
  if (isTooShort(rootPassword)) return 'initial_root_password: Length is too short, minimum is 8 characters';
  if (isWeak(rootPassword, { name: NAME, username: USERNAME, email: rootEmail }))
    return 'Could not create the default administrator account: Password must not contain commonly used combinations of words and letters';
  return undefined;
};

/** A password of ours is written down for the operator; one that was given is not. */
const generatedPassword = (dir: string): string => {
  const password = randomText(44);
  writeFileSync(join(dir, 'initial_root_password'), `Password: ${password}\n`, { mode: 0o600 });
  return password;
};

const createRoot = (world: World, facts: SeedFacts): void =>
  void createUser(world, {
    username: USERNAME,
    name: NAME,
    email: facts.rootEmail,
    password: facts.rootPassword ?? generatedPassword(facts.dir),
    admin: true,
  });

export const seed = (world: World, facts: SeedFacts): void => {
  // A seed that was cut off before it was marked as done left the account behind.
  const hasRoot = world.state.users.all().some(({ username }) => username === USERNAME);
  if (!hasRoot) createRoot(world, facts);
  world.state.facts.put('registration-token', facts.registrationToken ?? randomText(20));
  world.state.facts.put('seeded', 'yes');
};
