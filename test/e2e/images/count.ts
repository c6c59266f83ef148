/**
 * What stands in a stack, asked of its servers by REST and MongoDB's driver: our own clients have no part in it. Sent
 * whole into the chat's container (`docker exec … node`), where names are addresses, on any engine.
 */
import { MongoClient } from 'mongodb';

// biome-ignore lint/suspicious/noExplicitAny: it reads whatever JSON came
type Json = any;

const CHAT = 'http://rocketchat:3000/api/v1';
const GITLAB = 'http://gitlab:80/api/v4';
const PROJECT = '/projects/chatops%2Fhello';
const {
  CHATOPS_ADMIN_PASSWORD,
  CHATOPS_BOT_PASSWORD,
  CHATOPS_GITLAB_TOKEN = '',
  CHATOPS_MONGO_KEY = '',
  MEMBERS = 'mongo:27017',
} = process.env;

const ask = async (url: string, headers: Record<string, string>, body?: unknown): Promise<Json> => {
  const answer = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return answer.json();
};

const logIn = async (user: string, password: string | undefined) => {
  const { data } = await ask(`${CHAT}/login`, {}, { user, password });
  const headers = { 'X-Auth-Token': data.authToken, 'X-User-Id': data.userId };
  return (path: string): Promise<Json> => ask(`${CHAT}/${path}`, headers);
};

const git = (path: string): Promise<Json> => ask(`${GITLAB}${path}`, { 'PRIVATE-TOKEN': CHATOPS_GITLAB_TOKEN });

const sorted = (list: readonly Json[], key: string): readonly string[] => list.map((each) => each[key]).sort();

const setMembers = async (): Promise<readonly string[]> => {
  const client = await MongoClient.connect(`mongodb://${MEMBERS}/?directConnection=true`, {
    auth: { username: '__system', password: CHATOPS_MONGO_KEY },
    authSource: 'local',
    authMechanism: 'SCRAM-SHA-256',
  });
  try {
    const { config } = await client.db('admin').command({ replSetGetConfig: 1 });
    return sorted(config.members, 'host');
  } finally {
    await client.close();
  }
};

const textsIn = async (chat: (path: string) => Promise<Json>, channels: readonly Json[], room: string) => {
  const { _id } = channels.find(({ name }) => name === room);
  const { result } = await chat(`chat.syncMessages?roomId=${_id}&lastUpdate=1970-01-01T00:00:00.000Z`);
  return result.updated.map(({ msg }: Json) => msg) as string[];
};

const chief = await logIn('chief', CHATOPS_ADMIN_PASSWORD);
const hubot = await logIn('hubot', CHATOPS_BOT_PASSWORD);
const { channels } = await chief('channels.list?count=100');
const said = await textsIn(hubot, channels, 'ops');
const texts = await textsIn(hubot, channels, 'ci');
const pipelines: Json[] = await git(`${PROJECT}/pipelines?per_page=100`);
const hooks: Json[] = await git(`${PROJECT}/hooks`);

process.stdout.write(
  JSON.stringify({
    users: sorted((await chief('users.list?count=100')).users, 'username'),
    channels: sorted(channels, 'name'),
    groups: sorted((await chief('groups.listAll?count=100')).groups, 'name'),
    inOps: sorted((await chief('channels.members?roomName=ops')).members, 'username'),
    webhooks: sorted((await chief('integrations.list?count=100')).integrations, 'name'),
    projects: sorted(await git('/projects?per_page=100'), 'path_with_namespace'),
    gitlabGroups: sorted(await git('/groups?per_page=100'), 'full_path'),
    hooks: hooks.map(({ url }) => new URL(url).search).sort(),
    runners: sorted(await git('/runners/all?per_page=100'), 'description'),
    setMembers: await setMembers(),
    proofs: said.filter((text) => text.startsWith('Can you hear me?')).length,
    pipelinesAskedFor: pipelines.filter(({ source }) => source === 'api').length,
    /** Pipelines that were announced more than once. */
    announcedTwice: texts
      .flatMap((text) => /\/pipelines\/\d+/.exec(text)?.[0] ?? [])
      .filter((pipeline, at, all) => all.indexOf(pipeline) !== at),
  }),
);
