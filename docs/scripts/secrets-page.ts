import { envTableMarkdown } from '../../src/config/env-table.ts';
import { buildStack } from '../../src/stack/build-stack.ts';
import { defaultConfig } from '../../src/wiring/own-house.ts';
import { PARTS } from '../../src/wiring/parts.ts';
import { PROBE_KINDS } from '../../src/wiring/probe-kinds.ts';
import { type Page, page } from './page.ts';

const BODY = `chatops-up generates secrets into \`.env\` (mode 0600). They are strong and follow the rules of the programs that read them. A value
that is already there is never replaced. \`.env.example\`, beside it, lists the variables without values.

## The default stack

${envTableMarkdown(buildStack(defaultConfig(), { parts: PARTS, probes: PROBE_KINDS }).secrets)}
A stack with users of its own has one more password per user; an existing MongoDB, Rocket.Chat or GitLab needs the address or
credentials that only you know; a PostgreSQL has its user's. \`.env.example\` of that stack lists them.

## Where secrets go

The rendered files name variables and hold no values. Compose hands values to the containers as environment variables, so
\`docker inspect\` shows them to everyone who may use the Docker Engine.

On the docker engine, the prober container works out what a job would change. It receives that job's secrets with the request, in
memory, over the Docker API; they are never part of a command line. \`chatops-probe\` reads secrets from the variables that
\`--password-from\` and \`--token-from\` name.

## Rotating secrets

\`chatops-up rotate\` writes a new value into \`.env\` and brings the stack up with it. A value that you change in \`.env\` yourself is
applied by the next \`up\` in the same way. A run that is killed in between is finished by the next one.

| \`rotate …\` | what happens |
| --- | --- |
| \`hook-secret\` | see below: no delivery is lost |
| \`mongo-password\` | the set gets the new password for Rocket.Chat's user, then Rocket.Chat starts again with it |
| \`mongo-probe-password\` | the same for the user that may only look, and the prober |
| \`mongo-key\` | all members of the set start again with the new key. Until a majority has it there is no PRIMARY: some seconds without chat |

### Rotating the hook secret

No hook carries the secret itself: each has a token of its own, made of it for one project, group or instance and one room
(HMAC-SHA-256; it begins with \`chatops-hook-\`). It opens that room only, and nobody can tell the secret or another token from it.

\`chatops-up rotate hook-secret\` changes the secret, and so every token, without losing a delivery: the webhook first accepts the tokens
of both, then every hook gets its new one, and 10 s later the webhook forgets the old ones (GitLab gives up on a delivery after 10 s). If the run is killed in between, the next one goes on. A new value of \`CHATOPS_HOOK_SECRET\` in \`.env\` is applied the same way.

## The user of PostgreSQL

\`postgres:\` in \`chatops.yaml\` has a user who owns its database and administers the server. The image makes both once, with the data,
so a later change of \`CHATOPS_POSTGRES_PASSWORD\` alone locks the stack out, and \`up\` says so. Change it in the server first, with
\`\\password\` of \`docker compose exec postgres psql -U USER -d DATABASE\`, then in \`.env\`. The prober has it too: it asks whether the
user can write.

## Users of MongoDB

The bundled MongoDB lets nobody in without a login. The members trust each other by a key, \`CHATOPS_MONGO_KEY\`; who has it may do
everything: log in as \`__system\` with it (\`authSource=local\`, SCRAM-SHA-256) when you need an administrator.
\`mongo-replica-set\` makes two users: \`rocketchat\` (readWrite on its database, clusterMonitor for the chat's statistics) and \`probe\`,
which may read one empty database and nothing else. A stack of 0.1, whose MongoDB let everybody in, is closed by its next \`up\`: the
members start again with the key, the users are made, Rocket.Chat starts again with its own. Its data stays.
`;

export const secretsPage = (): Page => page('docs/secrets.md', 'Secrets', 'src/config/secrets.ts', BODY);
