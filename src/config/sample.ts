/** The chatops.yaml that `init` writes: every key with a word about it; without answers the same as the defaults. */
import { TIMED_NAMES } from './config.ts';
import * as defaults from './defaults.ts';
import { setIn } from './edit.ts';
import type { Path } from './path.ts';

/** What a person may be asked. Everything has a default. */
export interface SampleAnswers {
  readonly name?: string;
  readonly domain?: string;
  readonly httpPort?: number;
  readonly adminUsername?: string;
  readonly adminName?: string;
  readonly adminEmail?: string;
  readonly rooms?: readonly string[];
  readonly users?: readonly string[];
  readonly botUsername?: string;
  readonly locale?: 'en' | 'fr';
  /** Address of an existing GitLab, or `bundled` (default) or `none`. */
  readonly gitlab?: string;
  readonly runner?: boolean;
  readonly mongoMembers?: number;
}

/** Where the file expects its JSON Schema, from the stack directory; see configJsonSchemaText. */
export const SCHEMA_PATH = '.chatops/chatops.schema.json';

/** Answers are put in as they are; whether they are good is told by loadConfig. */
export const sampleConfig = (answers: SampleAnswers = {}): string =>
  edits(answers).reduce((text, [path, value]) => (value === undefined ? text : setIn(text, path, value)), TEMPLATE);

type Edit = readonly [path: Path, value: unknown];

const edits = (answers: SampleAnswers): readonly Edit[] => [
  [['name'], answers.name],
  [['domain'], answers.domain],
  [['ports', 'http'], answers.httpPort],
  [['admin', 'username'], answers.adminUsername],
  [['admin', 'name'], answers.adminName],
  [['admin', 'email'], answers.adminEmail],
  [['chat', 'rooms'], answers.rooms],
  [['chat', 'users'], answers.users],
  [['chat', 'bot', 'username'], answers.botUsername],
  [['chat', 'locale'], answers.locale],
  ...gitlabEdits(answers.gitlab),
  [['runner'], answers.runner === false || answers.gitlab === 'none' ? false : undefined],
  [['mongo', 'members'], answers.mongoMembers],
];

const gitlabEdits = (gitlab: string | undefined): readonly Edit[] => {
  if (gitlab === undefined || gitlab === 'bundled') return [];
  const announce: Edit = [['gitlab', 'announce'], []];
  if (gitlab === 'none') return [[['gitlab', 'kind'], 'none'], announce];
  return [[['gitlab', 'kind'], 'external'], [['gitlab', 'url'], gitlab], announce];
};

const { DEFAULT_PORTS: ports, DEFAULT_ADMIN: admin, DEFAULT_BOT: bot, DEFAULT_MONGO: mongo } = defaults;
const images = defaults.defaultImages();

const TEMPLATE = `# yaml-language-server: $schema=${SCHEMA_PATH}
#
# The whole stack stands in this file. Change it, then run \`chatops-up plan\` to see what would happen
# and \`chatops-up up\` to make it so. Everything may be left out: what is written here are the defaults.
# Secrets stand in .env, never here.

# Name of the stack: also the Compose project name, and the mark on everything we make.
name: ${defaults.DEFAULT_NAME}

# chat., git., www. and hom. stand before it. Names under .localhost need no DNS.
domain: ${defaults.DEFAULT_DOMAIN}

# Parts that are not ours: packages, or files of this directory. Their code is run whenever this file is read.
# parts: ["./wiki.mjs"]

# Ports on this machine: the front door (https only with tls) and GitLab's SSH.
ports:
  http: ${ports.http}
  https: ${ports.https}
  ssh: ${ports.ssh}

# PEM files relative to this one; without them the front door speaks plain HTTP.
# tls:
#   certificate: certs/fullchain.pem
#   key: certs/privkey.pem

# An authority of your own that signed it, or the certificate of an existing server; a PEM file as well.
# authority: certs/ca.pem

# The administrator of the chat (GitLab's is root).
admin:
  username: ${admin.username}
  name: ${admin.name}
  # Left out: the user name at the domain.
  # email: ${admin.username}@${defaults.DEFAULT_DOMAIN}

chat:
  kind: rocketchat
  receiver: webhook      # or relay: a service beside the chat that loses no event while the chat is away

  # An existing Rocket.Chat instead of one of ours:
  # url: https://chat.example.org

  # major.minor; decides the image and the MongoDB that fits.
  version: "${defaults.DEFAULT_CHAT_VERSION}"

  # A name alone is an open room. All that can be said about one:
  #   - name: board
  #     kind: private        # or channel
  #     members: [alice]     # from users below, or the administrator
  #     readOnly: false
  rooms:
${defaults.DEFAULT_ROOMS.map((room) => `    - ${room.name}`).join('\n')}

  # A user name alone is enough. All that can be said about one:
  #   - username: alice
  #     name: Alice Liddell
  #     email: alice@example.org
  #     roles: [user]
  users: []

  bot:
    username: ${bot.username}
    name: ${bot.name}
    # The rooms it is in; the conversation is proven in the first. Left out: every room.
    # rooms: [${defaults.DEFAULT_ROOMS.map((room) => room.name).join(', ')}]

  # Language of the announcements: en or fr.
  locale: en

gitlab:
  # bundled: ours. external: an existing one at url. none: no GitLab.
  kind: bundled
  # url: https://git.example.org

  # What is announced. Instead of project: group (GitLab Premium) or instance: true.
  # With room: the room it is told in; left out: ${defaults.DEFAULT_ANNOUNCE_ROOM}, or else the first one.
  announce:
    - project: ${defaults.DEFAULT_PROJECT}
      events: [${defaults.DEFAULT_EVENTS.join(', ')}]
      # branches: [main, "release/*"]   # left out: all
      # loud: failures         # of pipelines, jobs, deployments only failures and recoveries
      # intermediate: true     # pending and running too
      # locale: fr             # left out: that of the chat

# How announcements are told.
# notifier:
#   # User name in GitLab: user name in the chat. Who is here is notified with @, others are only named.
#   people: { ada: alice }
#   # Rooms for hooks made by hand, without ?channel= in their address:
#   routes:
#     - group: company
#       room: ${defaults.DEFAULT_ROOMS[0]?.name}
#   # Texts in place of ours, in the language of the chat; your editor lists them all:
#   wording:
#     branchGone: "{who} removed {ref} from {project}"

# The CI runner; \`runner: false\` for none.
runner:
  # description: ${defaults.DEFAULT_NAME} runner
  tags: [docker]
  # docker or shell
  executor: docker
  # Image of jobs that name none.
  image: ${defaults.DEFAULT_JOB_IMAGE}
  runUntagged: true
  # Jobs at the same time.
  concurrent: ${defaults.DEFAULT_CONCURRENT}
  # instance, or {group: <path>}, or {project: <path>}
  scope: instance

# The chat's database, a replica set. An odd number of members; 3 survive the loss of one.
mongo:
  # bundled, or external: an existing set, its address in .env as CHATOPS_MONGO_URL
  kind: bundled
  set: ${mongo.set}
  members: ${mongo.members}

# Images are pinned; floating tags are refused unless allowFloating is true. Left out: what fits chat.version.
# images:
${Object.entries(images)
  .map(([name, image]) => `#   ${name}: ${image}`)
  .join('\n')}
#   allowFloating: false

# Deadlines, for machines slower or people less patient than most: until a service is usable, until a job has ended.
# For: ${TIMED_NAMES.slice(0, 7).join(', ')},
# ${TIMED_NAMES.slice(7).join(', ')}.
# timeouts:
#   gitlab: 15m
#   rocketchat: 5m

# false: compose.yaml does without start_interval, for \`docker compose up\` alone on engines before 25.0
# docker:
#   startInterval: true
`;
