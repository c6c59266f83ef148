import { describe, expect, test } from 'vitest';
import { startOrder } from '../../../src/stack/graph.ts';
import { secretNames } from '../../../src/stack/secret-names.ts';
import { aConfig, aConfigWithExternalGitLab, aConfigWithoutRunner } from '../../builders/config.ts';
import { aStack, gateText, jobNamed, nodeNamed, secretsOf, serviceNamed, stackOf } from '../../builders/stack.ts';

const names = (stack: ReturnType<typeof aStack>): readonly string[] => stack.nodes.map(({ name }) => name);
const withoutGitLab = () => stackOf(aConfigWithoutRunner({ gitlab: { kind: 'none', announce: [] } }));

describe('the default stack', () => {
  test('has every node of the product with its gates', () => {
    expect(gateText(aStack())).toBe(`mongo (service)
mongo-replica-set (job) ← mongo usable
rocketchat (service) ← mongo-replica-set done
rocketchat-setup (job) ← rocketchat usable
bot (service) ← rocketchat-setup done
gitlab (service)
gitlab-setup (job) ← gitlab usable, rocketchat-setup done
runner-registration (job) ← gitlab usable
gitlab-runner (service) ← runner-registration done, nginx started
nginx (service)
prober (service)
conversation (job) ← bot usable, gitlab-setup done, gitlab-runner usable, nginx usable
announcement (job) ← bot usable, gitlab-setup done, gitlab-runner usable, nginx usable`);
  });

  test('names who administers its own servers, but not an existing GitLab', () => {
    const titles = (stack: ReturnType<typeof aStack>) =>
      stack.administrators.map(({ title, username, password }) => `${title}: ${username}, ${password}`);
    const chat = 'Rocket.Chat: chief, CHATOPS_ADMIN_PASSWORD';
    expect(titles(aStack())).toEqual([chat, 'GitLab: root, GITLAB_ROOT_PASSWORD']);
    expect(titles(stackOf(aConfigWithExternalGitLab()))).toEqual([chat]);
  });

  test('starts everything as early as its gates allow', () => {
    const levels = startOrder(aStack().nodes).map((level) => level.map(({ name }) => name).join(' '));
    expect(levels).toEqual([
      'mongo gitlab nginx prober',
      'mongo-replica-set runner-registration',
      'rocketchat gitlab-runner',
      'rocketchat-setup',
      'bot gitlab-setup',
      'conversation announcement',
    ]);
  });

  test('is known to users under four addresses', () => {
    expect(aStack().publicUrls).toEqual({
      chat: 'http://chat.chatops.localhost:8080',
      git: 'http://git.chatops.localhost:8080',
      www: 'http://www.chatops.localhost:8080',
      hom: 'http://hom.chatops.localhost:8080',
    });
  });

  test('holds no value of a secret, only names that .env carries', () => {
    const config = aConfig();
    const listed = secretsOf(config).map(({ name }) => name);
    const named = stackOf(config).nodes.flatMap((node) =>
      node.kind === 'job'
        ? secretNames(node.job)
        : Object.values(node.container.environment).flatMap((value) => (typeof value === 'string' ? [] : value.secret)),
    );
    expect([...new Set(named)].sort()).toEqual([...listed].sort());
  });
});

describe('addresses', () => {
  test('leave out the port that the scheme implies', () => {
    expect(aStack({ ports: { http: 80 } }).publicUrls.chat).toBe('http://chat.chatops.localhost');
  });

  test('are https with TLS, with its own port', () => {
    const tls = { certificate: 'certs/cert.pem', key: 'certs/key.pem' };
    expect(aStack({ tls }).publicUrls.git).toBe('https://git.chatops.localhost:8443');
    expect(aStack({ tls, ports: { https: 443 } }).publicUrls.git).toBe('https://git.chatops.localhost');
  });
});

describe('three members of the replica set', () => {
  const stack = aStack({ mongo: { members: 3 } });

  test('are services named by ordinal, each with its own volume', () => {
    const members = ['mongo', 'mongo-1', 'mongo-2'].map((name) => serviceNamed(stack, name));
    expect(members.map(({ role }) => role)).toEqual(['mongo', 'mongo', 'mongo']);
    expect(members.map(({ container }) => container.volumes[0]?.source)).toEqual([
      'mongo-data',
      'mongo-1-data',
      'mongo-2-data',
    ]);
  });

  test('are all waited for before the set is made', () => {
    expect(nodeNamed(stack, 'mongo-replica-set').gates).toEqual([
      { node: 'mongo', until: 'usable' },
      { node: 'mongo-1', until: 'usable' },
      { node: 'mongo-2', until: 'usable' },
    ]);
  });

  test('leave the connection string of Rocket.Chat as it is: one more voter does not restart it', () => {
    expect(serviceNamed(stack, 'rocketchat').container.environment.MONGO_URL).toEqual({
      secret: 'CHATOPS_MONGO_PASSWORD',
      text: 'mongodb://rocketchat:{}@mongo:27017/rocketchat?replicaSet=rs0&authSource=admin',
    });
  });
});

describe('an existing GitLab', () => {
  const stack = stackOf(aConfigWithExternalGitLab('https://git.example.org'));

  test('leaves only its jobs and the runner', () => {
    expect(names(stack)).not.toContain('gitlab');
    expect(gateText(stack)).toContain('gitlab-setup (job) ← rocketchat-setup done, nginx usable');
    expect(gateText(stack)).toContain('runner-registration (job)\n');
  });

  test('is called by its own URL, has nothing allowed or made, and gets the public address of the chat', () => {
    const { job } = jobNamed(stack, 'gitlab-setup');
    expect(job.target).toEqual({ kind: 'url', url: 'https://git.example.org' });
    expect(job.external).toBe(true);
    expect(job.allowList).toEqual([]);
    expect(job.projects).toEqual([]);
    expect(job.receiver.target).toEqual({ kind: 'url', url: 'http://chat.chatops.localhost:8080' });
  });

  test('keeps its URL in the list of addresses and has no virtual host', () => {
    expect(stack.publicUrls.git).toBe('https://git.example.org');
    expect(serviceNamed(stack, 'nginx').container.aliases).not.toContain('git.chatops.localhost');
  });
});

describe('a bundled GitLab', () => {
  const { job } = jobNamed(aStack(), 'gitlab-setup');

  test('calls the chat by its name inside the network, and may', () => {
    expect(job.receiver.target).toEqual({ kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } });
    expect(job.allowList).toEqual(['rocketchat:3000']);
  });

  test('may call an existing chat at its host and port', () => {
    const allowed = (url: string) => jobNamed(aStack({ chat: { url } }), 'gitlab-setup').job.allowList;
    expect(allowed('https://chat.example.org')).toEqual(['chat.example.org:443']);
    expect(allowed('http://chat.example.org')).toEqual(['chat.example.org:80']);
    expect(allowed('http://[fd00::1]:3001/base')).toEqual(['[fd00::1]:3001']);
  });

  test('gets the projects that are announced and the one the runner is for, each once', () => {
    const stack = aStack({ runner: { scope: { kind: 'project', path: 'team/app' } } });
    expect(jobNamed(stack, 'gitlab-setup').job.projects).toEqual(['chatops/hello', 'team/app']);
    expect(nodeNamed(stack, 'runner-registration').gates).toEqual([{ node: 'gitlab-setup', until: 'done' }]);
  });

  test('gives the setup the tags that its jobs need when the runner takes no untagged ones', () => {
    const stack = aStack({ runner: { runUntagged: false, tags: ['a', 'b'] } });
    expect(jobNamed(stack, 'gitlab-setup').job.jobTags).toEqual(['a', 'b']);
    const untagged = aStack({ runner: { runUntagged: true } });
    expect(jobNamed(untagged, 'gitlab-setup').job.jobTags).toBeUndefined();
  });

  test('waits for nothing of the chat', () => {
    const held = startOrder(aStack().nodes)
      .slice(0, 3)
      .flatMap((level) => level.map(({ name }) => name));
    expect(held).toEqual(expect.arrayContaining(['gitlab', 'runner-registration', 'gitlab-runner']));
  });
});

describe('no GitLab', () => {
  test('leaves the chat, its bot and the conversation', () => {
    expect(gateText(withoutGitLab())).toBe(`mongo (service)
mongo-replica-set (job) ← mongo usable
rocketchat (service) ← mongo-replica-set done
rocketchat-setup (job) ← rocketchat usable
bot (service) ← rocketchat-setup done
nginx (service)
prober (service)
conversation (job) ← bot usable, nginx usable`);
  });

  test('has neither address nor webhook, and no forge for a runner to work for', () => {
    const stack = aStack({ gitlab: { kind: 'none' } });
    expect(stack.publicUrls.git).toBeUndefined();
    expect(jobNamed(stack, 'rocketchat-setup').job.webhook).toBeUndefined();
    expect(names(stack)).not.toContain('gitlab-runner');
    expect(names(stack)).not.toContain('announcement');
  });
});

describe('an existing MongoDB', () => {
  const stack = aStack({ mongo: { kind: 'external' } });

  test('leaves out the database and its job; Rocket.Chat waits for nothing', () => {
    expect(names(stack).filter((name) => name.startsWith('mongo'))).toEqual([]);
    expect(nodeNamed(stack, 'rocketchat').gates).toEqual([]);
  });

  test('is reached at the address in .env, as that may hold a password', () => {
    expect(serviceNamed(stack, 'rocketchat').container.environment.MONGO_URL).toEqual({ secret: 'CHATOPS_MONGO_URL' });
  });
});

describe('an existing chat', () => {
  const stack = aStack({ chat: { url: 'https://chat.example.org' } });

  test('leaves out MongoDB and Rocket.Chat, and waits for nothing', () => {
    expect(names(stack).filter((name) => /mongo|^rocketchat$/.test(name))).toEqual([]);
    expect(nodeNamed(stack, 'rocketchat-setup').gates).toEqual([]);
  });

  test('keeps its own settings and is talked to at its own address', () => {
    const { job } = jobNamed(stack, 'rocketchat-setup');
    expect(job.settings).toEqual({});
    expect(job.target).toEqual({ kind: 'url', url: 'https://chat.example.org' });
    expect(jobNamed(stack, 'conversation').job.publicUrl).toBe('https://chat.example.org');
    expect(serviceNamed(stack, 'bot').container.environment.ROCKETCHAT_URL).toBe('https://chat.example.org');
  });

  test('has no virtual host of ours', () => {
    expect(serviceNamed(stack, 'nginx').container.aliases).toEqual([
      'git.chatops.localhost',
      'www.chatops.localhost',
      'hom.chatops.localhost',
      'git.chatops.internal',
      'www.chatops.internal',
      'hom.chatops.internal',
    ]);
  });
});

describe('the announcement', () => {
  const announced = (events: readonly ('push' | 'pipeline')[], kind: 'project' | 'group' = 'project') =>
    aStack({ gitlab: { announce: [{ source: { kind, path: 'team/app' }, room: 'ops', events }] } });

  test('is proven in the room of the first project with pipeline events', () => {
    expect(jobNamed(announced(['push', 'pipeline']), 'announcement').job).toMatchObject({
      project: 'team/app',
      room: 'ops',
      external: false,
    });
  });

  test('is not proven where no pipeline is announced, or only that of a group', () => {
    expect(names(announced(['push']))).not.toContain('announcement');
    expect(names(announced(['pipeline'], 'group'))).not.toContain('announcement');
  });
});

describe('rooms', () => {
  const room = (name: string, members: readonly string[] = []) =>
    ({ name, kind: 'private', members, readOnly: false }) as const;
  const membersOf = (stack: ReturnType<typeof aStack>, name: string) =>
    jobNamed(stack, 'rocketchat-setup').job.rooms.find((each) => each.name === name)?.members;

  test('have the bot in its own ones and where it announces, once, and nowhere else', () => {
    const stack = aStack({
      chat: {
        rooms: [room('own', ['hubot']), room('loud', ['ann']), room('other')],
        bot: { username: 'hubot', name: 'Hubot', rooms: ['own'] },
      },
      gitlab: { announce: [{ source: { kind: 'instance' }, room: 'loud', events: ['push'] }] },
    });
    expect(membersOf(stack, 'own')).toEqual(['hubot']);
    expect(membersOf(stack, 'loud')).toEqual(['ann', 'hubot']);
    expect(membersOf(stack, 'other')).toEqual([]);
  });

  test('prove the conversation in the first one of the bot, or in the one Rocket.Chat brings', () => {
    expect(jobNamed(aStack(), 'conversation').job.room).toBe('ops');
    const bot = { username: 'hubot', name: 'Hubot', rooms: [] };
    expect(jobNamed(aStack({ chat: { bot } }), 'conversation').job.room).toBe('general');
  });
});

test('the bot has the roles user and bot, as with bot alone it could make no token', () => {
  expect(jobNamed(aStack(), 'rocketchat-setup').job.bot.roles).toEqual(['user', 'bot']);
});

test('a user who is added gets a password of their own, by name', () => {
  const users = [{ username: 'ann.b', name: 'Ann', email: 'ann@example.org', roles: ['user'] }];
  const [user] = jobNamed(aStack({ chat: { users } }), 'rocketchat-setup').job.users;
  expect(user?.password).toBe('CHATOPS_USER_ANN_B_PASSWORD');
});
