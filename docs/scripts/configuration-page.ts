import { configJsonSchema } from '../../src/config/json-schema.ts';
import { ownAdditions } from '../../src/wiring/own-house.ts';
import { type Page, page } from './page.ts';
import { type Schema, type SchemaRow, schemaRows } from './schema-rows.ts';
import { code, table } from './tables.ts';

const INTRODUCTION = `\`chatops.yaml\` is the only file to edit. An empty mapping is a whole stack: every key has a default. \`chatops-up init\` asks a few
questions and writes one. Editors check it with the [JSON Schema](../src/config/chatops.schema.json) that these tables are made from.

\`\`\`yaml
name: chatops
domain: chatops.localhost          # chat. git. www. hom. stand before it
tls: { certificate: certs/fullchain.pem, key: certs/privkey.pem }   # default: plain HTTP
authority: certs/ca.pem            # one of your own, trusted beside the public ones
chat:
  rooms: [ops, { name: dev, kind: private, members: [alice] }]
  users: [alice, { username: bob, name: Bob, email: bob@example.org }]
gitlab:
  # url: https://git.example.org   # an existing GitLab: only our own hooks and runner are touched
  announce:
    - project: ops/website
      room: ops
      events: [push, merge_requests, pipeline]   # what GitLab sends
      branches: [main, 'release/*']              # what the room hears of it: \`*\` for any characters
      loud: failures                             # of pipelines, jobs, deployments only failures and recoveries
notifier:
  people: { ada: alice }                         # name in GitLab: name in the chat; only these are notified with @
  routes: [{ group: ops, room: ops }]            # for hooks made by hand, without ?channel= in their address
  wording: { branchGone: '{who} removed {ref}' } # texts in place of ours; editors list them all
runner: { tags: [docker] }
mongo: { members: 3 }
timeouts: { gitlab: 30m }          # a slow machine; every service and job has a deadline of its own by default
\`\`\`

## Rules

* All problems are shown at once, each with path, line and column and, where it can be guessed, the fix.
* Rooms, users, hooks and runners that were made by hand are never changed. One that stands where ours should be is a conflict: it is named, and the exit status is 1.
* The files that \`tls\` and \`authority\` name are checked first. A missing file, a key of another certificate and an encrypted key are refused; a certificate that has expired or is for other names is a warning.
* \`authority\` is trusted by every command, jobs, probes, the bot, Rocket.Chat and the runner, which passes it to its jobs when GitLab is an existing one. A bundled GitLab does not get it.
* \`--set key=value\` changes a key for one run, \`timeouts\` moves a deadline.
* Docker Engine 20.10 and later. Engines before 25.0 do not know \`start_interval\`: \`up\` leaves it out by itself. For \`docker compose up\` alone on such an engine set \`docker: { startInterval: false }\`; HEALTHCHECKs are then asked every 10 s.

## The stack directory

| file | written by |
| --- | --- |
| \`chatops.yaml\` | you, or \`init\` |
| \`.env\` | chatops-up, once per name, readable by its owner only; a value that is there is never replaced ([secrets](secrets.md)) |
| \`compose.yaml\`, \`nginx/\`, \`gitlab-runner/\`, \`healthchecks/\`, \`hubot/\` | \`render\`; deterministic, without secrets |
| \`.chatops/\` | chatops-up: journal of changes, lock, remembered proofs, data of the embedded servers |
`;

const HEAD = ['key', 'type', 'default', 'description'];
const cells = ({ path, type, preset, required, description }: SchemaRow): readonly string[] => [
  code(path),
  type,
  required ? '**required**' : code(preset),
  description,
];

/** One chapter for each key of the first level that has keys of its own; the others share the first. */
const chapters = (rows: readonly SchemaRow[]): string => {
  const first = [...new Set(rows.map(({ path }) => path.split(/[.[]/)[0] ?? path))];
  const of = (key: string): readonly SchemaRow[] => rows.filter(({ path }) => path.split(/[.[]/)[0] === key);
  const plain = first.filter((key) => of(key).length === 1).flatMap(of);
  const nested = first.filter((key) => of(key).length > 1);
  return [
    '## General\n',
    table(HEAD, plain.map(cells)),
    ...nested.flatMap((key) => [`## ${key}\n`, table(HEAD, of(key).map(cells))]),
  ].join('\n');
};

export const configurationPage = (): Page => {
  const rows = schemaRows(configJsonSchema(ownAdditions()) as Schema);
  return page('docs/configuration.md', 'Configuration', 'src/config/written.ts', `${INTRODUCTION}\n${chapters(rows)}`);
};
