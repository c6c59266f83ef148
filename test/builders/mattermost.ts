/** Specifications of Mattermost's setup, and ports on a stand-in of it. */
import { createClock } from '../../src/adapters/clock.ts';
import { createHttp } from '../../src/adapters/http.ts';
import type { Change, Decision, Job } from '../../src/contracts/job.ts';
import { clientsOf, type Ports, provide } from '../../src/contracts/ports.ts';
import { createMattermost } from '../../src/parts/mattermost/client/mattermost.ts';
import { MATTERMOST } from '../../src/parts/mattermost/mattermost.ts';
import type { AccountSpec, MattermostSetupSpec } from '../../src/parts/mattermost/setup/spec.ts';
import { Secret } from '../../src/values/secret.ts';

export const MARK = 'chatops-up:demo';

export const ENV = {
  MM_SQLSETTINGS_DATASOURCE: 'postgres://mattermost:secret@postgres:5432/mattermost',
  MM_SERVICESETTINGS_ENABLEBOTACCOUNTCREATION: 'true',
};

export const anAccount = (username: string, overrides: Partial<AccountSpec> = {}): AccountSpec => ({
  username,
  password: `${username.toUpperCase()}_PASSWORD`,
  name: username,
  email: `${username}@example.org`,
  roles: ['system_user'],
  ...overrides,
});

/** An administrator, a bot, alice; the channels ops (with the bot) and board (private, with alice). */
export const aSetup = (overrides: Partial<MattermostSetupSpec> = {}): MattermostSetupSpec => ({
  job: 'mattermost-setup',
  mark: MARK,
  target: { kind: 'url', url: 'http://mattermost:8065' },
  external: false,
  admin: anAccount('chief', { roles: [] }),
  bot: anAccount('hubot'),
  users: [anAccount('alice')],
  team: 'works',
  ownChannel: 'town-square',
  channels: [
    { name: 'ops', kind: 'channel', header: '', purpose: '', members: ['hubot'] },
    { name: 'board', kind: 'private', header: 'Agenda', purpose: 'To decide', members: ['alice', 'hubot'] },
  ],
  hooks: [{ name: 'backups', channel: 'ops' }],
  ...overrides,
});

/** The password of everybody but those in `passwords`, variable → value. */
export const PASSWORD = 'a-password-of-theirs';

export const portsOf = (passwords: Readonly<Record<string, string>> = {}): Ports =>
  ({
    addresses: { resolve: ({ service, port }) => ({ host: service, port }) },
    clock: createClock(),
    secrets: { read: (name: string) => new Secret(passwords[name] ?? PASSWORD) },
    client: clientsOf([provide(MATTERMOST, createMattermost(createHttp(), createClock()))]),
  }) as Partial<Ports> as Ports;

export const inWords = ({ changes }: Pick<Decision, 'changes'>): readonly string[] =>
  changes.map(({ action, resource, name }) => `${action} ${resource} ${name}`);

/** As the runner does: everything that was decided, then one look more. @returns what that look decides */
export const run = async <S, C extends Change>(job: Job<S, C>, signal: AbortSignal): Promise<Decision<C>> => {
  for (const change of job.decide(await job.observe(signal)).changes) await job.apply(change, signal, () => undefined);
  return job.decide(await job.observe(signal));
};
