/**
 * What a person may write in chatops.yaml. Everything may be left out; an unknown key is a problem.
 * The JSON Schema for editors is made from this, so every key says what it is for.
 * Cross-field rules stand in `rules/`, defaults in `defaults.ts` (repeated here only as a note for editors).
 */
import { z } from 'zod';
import type { NameRule } from '../values/names.ts';
import * as names from '../values/names.ts';
import { type Additions, NO_ADDITIONS } from './additions.ts';
import { ANNOUNCE_EVENTS, TIMED_NAMES, type TimedName } from './config.ts';
import * as defaults from './defaults.ts';
import { wordingSchema } from './wording.ts';

const text = (rule: NameRule) => z.string().regex(rule.pattern, { error: `must be ${rule.says}` });
const port = () => z.int().min(1).max(65_535);

/** `describe` and `default` as editors show them; the value itself is put in by normalize. */
const note = <S extends z.ZodType>(schema: S, description: string, byDefault?: unknown) =>
  schema.optional().meta(byDefault === undefined ? { description } : { description, default: byDefault });

const ports = z.strictObject({
  http: note(port(), 'Host port of the front door, plain HTTP.', defaults.DEFAULT_PORTS.http),
  https: note(port(), 'Host port of the front door with TLS; used only with `tls`.', defaults.DEFAULT_PORTS.https),
  ssh: note(port(), "Host port of the bundled GitLab's SSH.", defaults.DEFAULT_PORTS.ssh),
});

const tls = z.strictObject({
  certificate: note(
    text(names.FILE_PATH),
    'PEM file with the certificate and its chain, relative to the stack directory.',
  ),
  key: note(text(names.FILE_PATH), "PEM file with the certificate's private key, relative to the stack directory."),
});

const admin = z.strictObject({
  username: note(
    text(names.USERNAME),
    "User name of the Rocket.Chat administrator (GitLab's is always root).",
    defaults.DEFAULT_ADMIN.username,
  ),
  name: note(text(names.DISPLAY_NAME), 'Name shown in the chat.', defaults.DEFAULT_ADMIN.name),
  email: note(text(names.EMAIL), 'E-mail address; by default the user name at the domain.'),
});

const room = z
  .strictObject({
    name: text(names.ROOM_NAME).describe('Name of the room, without #.'),
    kind: note(z.enum(['channel', 'private']), 'Open to everybody, or by invitation only.', 'channel'),
    members: note(
      z.array(text(names.USERNAME).describe('User name.')),
      'User names of chat.users, or the administrator. The bot joins its rooms by itself.',
      [],
    ),
    readOnly: note(z.boolean(), 'Only owners and moderators may post.', false),
  })
  .describe('A room with its settings.');

const user = z
  .strictObject({
    username: text(names.USERNAME).describe('Name to log in with, without @.'),
    name: note(text(names.DISPLAY_NAME), 'Name shown in the chat; by default the user name.'),
    email: note(text(names.EMAIL), 'E-mail address; by default the user name at the domain.'),
    roles: note(z.array(text(names.ROLE).describe('Role id.')).min(1), 'Roles in Rocket.Chat.', ['user']),
  })
  .describe('A person with an account in the chat.');

const bot = z.strictObject({
  username: note(text(names.USERNAME), "The bot's user name.", defaults.DEFAULT_BOT.username),
  name: note(text(names.DISPLAY_NAME), 'Name shown in the chat.', defaults.DEFAULT_BOT.name),
  rooms: note(
    z.array(text(names.ROOM_NAME).describe('Name of a room.')).min(1),
    'Rooms the bot is in; in the first one the conversation is proven. By default every room.',
  ),
});

const chat = z.strictObject({
  kind: note(z.enum(['rocketchat']), 'Which chat server.', 'rocketchat'),
  receiver: note(
    z.enum(['webhook', 'relay']),
    'What GitLab sends its events to: a webhook in the chat, or a relay beside it: it loses none while the chat is away, and shows each pipeline as one message that changes.',
    'webhook',
  ),
  url: note(
    text(names.SERVER_URL),
    'Address of a Rocket.Chat that exists already: then no chat server and no MongoDB of ours are started.',
  ),
  version: note(
    z.union([text(names.CHAT_VERSION), z.number()]),
    'major.minor of Rocket.Chat, quoted or not: 8.10 stays 8.10.',
    defaults.DEFAULT_CHAT_VERSION,
  ),
  rooms: note(
    z.array(z.union([text(names.ROOM_NAME).describe('Name of an open room.'), room])),
    'Rooms to be there: a name, or a mapping with name, kind, members, readOnly.',
    defaults.DEFAULT_ROOMS.map(({ name }) => name),
  ),
  users: note(
    z.array(z.union([text(names.USERNAME).describe('User name.'), user])),
    'Accounts to be there: a user name, or a mapping with username, name, email, roles.',
    [],
  ),
  bot: note(bot, 'The bot.'),
  locale: note(z.enum(['en', 'fr']), 'Language of the announcements.', 'en'),
});

const announce = z
  .strictObject({
    project: note(text(names.PROJECT_PATH), 'Full path of the project whose events are announced.'),
    group: note(text(names.GROUP_PATH), 'Full path of a group (GitLab Premium only; on CE name its projects).'),
    instance: note(z.literal(true), 'true: the whole GitLab, by a system hook (push, tag_push, merge_requests only).'),
    room: note(
      text(names.ROOM_NAME),
      `Room the events are announced in; by default ${defaults.DEFAULT_ANNOUNCE_ROOM}.`,
    ),
    events: note(
      z.array(z.enum(ANNOUNCE_EVENTS)).min(1),
      'What GitLab sends, and so what is announced.',
      defaults.DEFAULT_EVENTS,
    ),
    branches: note(
      z.array(text(names.BRANCH_PATTERN).describe('Branch, or a pattern such as release/*.')).min(1),
      'Branches that are announced, `*` for any characters; by default all. Events without a branch are announced anyway.',
    ),
    loud: note(
      z.enum(['all', 'failures']),
      'failures: of pipelines, jobs and deployments only failures, and the first success after one.',
      'all',
    ),
    intermediate: note(z.boolean(), 'Whether states on the way (pending, running) are announced too.', false),
    locale: note(z.enum(['en', 'fr']), 'Language of these announcements; by default chat.locale.'),
  })
  .describe('One hook: exactly one of project, group, instance, and where it is announced.');

const gitlab = z.strictObject({
  kind: note(
    z.enum(['bundled', 'external', 'none']),
    'bundled: ours; external: an existing one at url; none: no GitLab. By default external when url is given, else bundled.',
  ),
  url: note(text(names.SERVER_URL), 'Public address of the existing GitLab.'),
  announce: note(z.array(announce), 'What is announced where.'),
});

const route = z
  .strictObject({
    project: note(text(names.PROJECT_PATH), 'Full path of a project.'),
    group: note(text(names.GROUP_PATH), 'Full path of a group: everything below it that has no route of its own.'),
    room: text(names.ROOM_NAME).describe('Room it is announced in.'),
  })
  .describe('Exactly one of project and group, and the room.');

const notifier = z.strictObject({
  people: note(
    z.record(text(names.FORGE_USERNAME), text(names.USERNAME).describe('User name in the chat, without @.')),
    'User name in GitLab → user name in the chat: who is here is notified with @, others are only named.',
  ),
  routes: note(
    z.array(route),
    'Rooms for deliveries of hooks that someone made without `?channel=`; what no route fits is announced in the first announced room.',
  ),
  wording: note(wordingSchema(), 'Texts in place of ours, for announcements in chat.locale.'),
});

const scope = z.strictObject({
  project: note(text(names.PROJECT_PATH), 'Full path of the only project the runner serves.'),
  group: note(text(names.GROUP_PATH), 'Full path of the only group the runner serves.'),
});

const runner = z.strictObject({
  description: note(
    text(names.DISPLAY_NAME),
    'Name of the runner in GitLab, its key for us; by default `<name> runner`.',
  ),
  tags: note(z.array(text(names.RUNNER_TAG).describe('Tag.')).max(50), 'Tags; by default the executor.', ['docker']),
  executor: note(z.enum(['docker', 'shell']), 'How jobs are run.', 'docker'),
  image: note(text(names.IMAGE), 'Image of jobs that name none (docker executor).', defaults.DEFAULT_JOB_IMAGE),
  runUntagged: note(z.boolean(), 'Whether jobs without tags are taken.', true),
  concurrent: note(z.int().min(1).max(1000), 'Jobs at the same time.', defaults.DEFAULT_CONCURRENT),
  scope: note(
    z.union([z.literal('instance'), scope]),
    'Whom it serves: instance, or one project or group.',
    'instance',
  ),
});

const mongo = z.strictObject({
  kind: note(
    z.enum(['bundled', 'external']),
    'bundled, or external: an existing replica set whose address stands in .env as CHATOPS_MONGO_URL.',
    defaults.DEFAULT_MONGO.kind,
  ),
  set: note(text(names.SET_NAME), 'Name of the replica set.', defaults.DEFAULT_MONGO.set),
  members: note(z.int().min(1).max(7), 'Voting members; an odd number.', defaults.DEFAULT_MONGO.members),
});

const image = (what: string, byDefault?: string) => note(text(names.IMAGE), `Image of ${what}, pinned.`, byDefault);
const defaultImages = defaults.defaultImages();

const images = z.strictObject({
  mongo: image('MongoDB', defaultImages.mongo),
  rocketchat: image('Rocket.Chat; by default the official image of chat.version', defaultImages.rocketchat),
  gitlab: image('GitLab', defaultImages.gitlab),
  'gitlab-runner': image('the runner, of the same minor as GitLab', defaultImages['gitlab-runner']),
  nginx: image('the front door', defaultImages.nginx),
  tools: image('our own one-shot jobs and the prober', defaultImages.tools),
  allowFloating: note(z.boolean(), 'Accept tags that mean another version tomorrow (latest, 8, no tag at all).', false),
});

const timeout = (name: string) =>
  note(text(names.DURATION), `How long ${name} may take from its start, e.g. 90s or 20m; by default its own.`);

const timeouts = z.strictObject(
  Object.fromEntries(TIMED_NAMES.map((name) => [name, timeout(name)])) as Record<TimedName, ReturnType<typeof timeout>>,
);

const IMAGES = 'Container images, pinned to a version.';
const TIMEOUTS = 'Deadlines: until a service is usable, until a job has ended.';

const docker = z.strictObject({
  startInterval: note(
    z.boolean(),
    'false: compose.yaml does without `start_interval`, so that `docker compose up` alone works on engines before 25.0 too.',
    defaults.DEFAULT_DOCKER.startInterval,
  ),
});

const ABOUT = { title: 'chatops.yaml', description: 'Configuration of chatops-up.' };

export const writtenSchema = z
  .strictObject({
    name: note(text(names.STACK_NAME), 'Name of the stack, also the Compose project name.', defaults.DEFAULT_NAME),
    domain: note(
      text(names.DOMAIN),
      'Host names chat., git., www. and hom. stand before it. Anything under .localhost needs no DNS.',
      defaults.DEFAULT_DOMAIN,
    ),
    parts: note(
      z.array(text(names.PART_PLACE).describe('Package, or a file of the stack directory.')),
      'Parts that are not ours: names of packages, and paths that begin with ./ in the stack directory. Their code is run by every command that reads this file: name only what you trust as much as chatops-up itself.',
      [],
    ),
    ports: note(ports, 'Ports on this machine.'),
    tls: note(tls, 'Certificate of the front door; without it plain HTTP.'),
    authority: note(
      text(names.FILE_PATH),
      'PEM file, relative to the stack directory: certificates of authorities of your own, which containers of ours trust beside the public ones.',
    ),
    admin: note(admin, 'The administrator of the chat. Passwords stand in .env, never here.'),
    chat: note(chat, 'The chat server, its rooms, people and bot.'),
    gitlab: note(
      z.union([z.enum(['bundled', 'none']), gitlab]),
      'GitLab: bundled (default), none, or a mapping (url of an existing one, announce).',
    ),
    notifier: note(notifier, 'How announcements are worded: whom they notify, where, in which words.'),
    runner: note(z.union([z.boolean(), runner]), 'The CI runner; false: none.', true),
    mongo: note(mongo, "Rocket.Chat's database."),
    images: note(images, IMAGES),
    timeouts: note(timeouts, TIMEOUTS),
    docker: note(docker, 'What compose.yaml may ask of the Docker Engine.'),
  })
  .meta(ABOUT);

export type Written = z.infer<typeof writtenSchema>;

const mapped = <A, B>(entries: Readonly<Record<string, A>>, make: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, make(value)]));

const extended = ({ sections, images: added, timed }: Additions): typeof writtenSchema => {
  const schema = writtenSchema.extend({
    images: note(images.extend(mapped(added, ({ about, reference }) => image(about, reference))), IMAGES),
    timeouts: note(timeouts.extend(Object.fromEntries(timed.map((name) => [name, timeout(name)]))), TIMEOUTS),
    ...Object.fromEntries(sections.map(({ key, schema: part, about }) => [key, note(part, about)])),
  });
  // What is added is known to its part alone; the core's keys keep their types.
  return schema.meta(ABOUT) as unknown as typeof writtenSchema;
};

const made = new WeakMap<Additions, typeof writtenSchema>([[NO_ADDITIONS, writtenSchema]]);

/** With what the parts add; the same additions give the same schema. */
export const writtenSchemaWith = (additions: Additions): typeof writtenSchema => {
  const known = made.get(additions) ?? extended(additions);
  made.set(additions, known);
  return known;
};
