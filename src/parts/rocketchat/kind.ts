/** Rocket.Chat as `chat.kind`, and what stands under `chat` for it alone. */
import { z } from 'zod';
import { note } from '../../config/forms.ts';
import { compareVersions, imageVersion, type Version, versionOf } from '../../config/image-reference.ts';
import type { ChatKind } from '../../contracts/chat-kind.ts';
import type { DatabaseFit } from '../../contracts/sections/chat.ts';

/** major.minor; the newest line of the Docker Official Image that MongoDB 8.0 is tested with. */
export const DEFAULT_VERSION = '8.5';

/** Made by the server itself at its first start (`_id` GENERAL); always a public channel. */
export const GENERAL_ROOM = 'general';

/** A minute; the server ships with 10. */
const DEFAULT_CALLS_PER_MINUTE = 600;

export interface RocketChatSettings {
  /** Whether .env holds a licence for a server of ours. */
  readonly licensed: boolean;
  /** Who may make an account: nobody, who knows an address for it, everybody. */
  readonly registration: 'closed' | 'secret-url' | 'public';
  /** How often one address may call each route of its API, a minute. */
  readonly callsPerMinute: number;
  readonly secondFactor: {
    /** The password is asked for once more before an administrator changes a setting. */
    readonly password: boolean;
    /** New users with a verified address get a code by mail when they log in. */
    readonly mail: boolean;
  };
}

const shape = {
  licensed: note(
    z.boolean(),
    'Whether .env has a licence as ROCKETCHAT_LICENSE. Without one Rocket.Chat 8 takes no messages unless it reaches collector.rocket.chat over the internet at its first start and once in ten days.',
    false,
  ),
  registration: note(
    z.enum(['closed', 'secret-url', 'public']),
    'Who may make an account: nobody but the administrator, who knows the secret address (Administration → Accounts → Registration), or everybody who reaches the chat.',
    'closed',
  ),
  callsPerMinute: note(
    z.int().min(10).max(100_000),
    'How often one address may call each route of the API, a minute. The server ships with 10: less than jobs, probes and a busy GitLab need.',
    DEFAULT_CALLS_PER_MINUTE,
  ),
  secondFactor: note(
    z.strictObject({
      password: note(
        z.boolean(),
        'Whether the password is asked for once more before an administrator changes a setting.',
        false,
      ),
      mail: note(
        z.boolean(),
        'Whether new users with a verified address get a code by mail when they log in; the chat needs a mail server for it.',
        false,
      ),
    }),
    'When the chat asks for more than a password at the login.',
  ),
};

const written = z.object(shape);

const complete = (chat: Readonly<Record<string, unknown>>): RocketChatSettings => {
  const { licensed, registration, callsPerMinute, secondFactor } = chat as z.output<typeof written>;
  return {
    licensed: licensed ?? false,
    registration: registration ?? 'closed',
    callsPerMinute: callsPerMinute ?? DEFAULT_CALLS_PER_MINUTE,
    secondFactor: { password: secondFactor?.password ?? false, mail: secondFactor?.mail ?? false },
  };
};

const sample = `  # With a licence, in .env as ROCKETCHAT_LICENSE, it needs no internet.
  licensed: false

  # Who may make an account: closed (nobody but the administrator), secret-url, or public.
  registration: closed

  # How often one address may call each route of the API, and when more than a password at the login is asked for:
  # callsPerMinute: ${DEFAULT_CALLS_PER_MINUTE}
  # secondFactor:
  #   password: true     # once more, before an administrator changes a setting
  #   mail: true         # a code by mail, for new users with a verified address

`;

/** Where only the image is named, its tag says the version. */
const versionIn = (image: string | undefined): string => {
  const version = image === undefined ? undefined : imageVersion(image);
  return version === undefined ? DEFAULT_VERSION : `${version.major}.${version.minor}`;
};

/**
 * From this Rocket.Chat on → the MongoDB that it works with, newest first. Sources: releases.rocket.chat/<version>/info
 * (6.5 to 6.8), the changelog of Rocket.Chat for 7.0 (#32162) and 8.0 (#35961), its server/startup/serverRunning.ts at
 * 8.6.1 for 8.2 and what it says of 9.0.
 */
const DATABASES: readonly (readonly [from: Version, fit: DatabaseFit])[] = [
  [
    { major: 9, minor: 0 },
    { lowest: '8.0', tested: '8.0' },
  ],
  [
    { major: 8, minor: 2 },
    { lowest: '7.0', tested: '8.0', wanted: { from: '8.0', because: '9.0 will refuse it' } },
  ],
  [
    { major: 8, minor: 0 },
    { lowest: '7.0', tested: '8.0' },
  ],
  [
    { major: 7, minor: 0 },
    { lowest: '5.0', highest: '7.0', tested: '7.0' },
  ],
  [
    { major: 6, minor: 5 },
    { lowest: '4.4', highest: '6.0', tested: '6.0' },
  ],
];

const databaseOf = (version: string): DatabaseFit | undefined => {
  const server = versionOf(version);
  return server && DATABASES.find(([from]) => compareVersions(server, from) >= 0)?.[1];
};

export const rocketchatKind: ChatKind<RocketChatSettings> = {
  kind: 'rocketchat',
  title: 'Rocket.Chat',
  takesDeliveries: true,
  ownRoom: GENERAL_ROOM,
  ownAccounts: [{ username: 'rocket.cat', what: "Rocket.Chat's own bot" }],
  stores: 'documents',
  knows: ['version', 'rooms.readOnly'],
  version: { byDefault: DEFAULT_VERSION, of: ({ rocketchat }) => versionIn(rocketchat), database: databaseOf },
  settings: { shape, complete, sample },
};
