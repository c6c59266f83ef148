import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { coreRules } from '../../../src/config/rules/index.ts';
import { sectionOf } from '../../../src/config/section.ts';
import { CHAT } from '../../../src/contracts/sections/chat.ts';
import { ownAdditions } from '../../../src/wiring/own-house.ts';
import { loadOwn, ownConfigOf } from '../../helpers/own-config.ts';
import { fixesOf, problemsOf, warningsOf } from './refused.ts';

const accepted = (text: string): readonly string[] => {
  loadOwn(text);
  return warningsOf(text);
};

const PARTS = ['gitlab', 'gitlab-runner', 'mattermost', 'mongodb', 'rocketchat'].map((part) => `parts/${part}`);

describe('the list of rules', () => {
  it('holds every rule of its folders under the name of its file', () => {
    const folders = ['config', 'roles/chat', ...PARTS];
    const files = folders.flatMap((folder) => readdirSync(new URL(`../../../src/${folder}/rules/`, import.meta.url)));
    const helpers = ['index.ts', 'rule.ts', 'repeats.ts', 'named-twice.ts', 'blocked-port.ts', 'server-address.ts'];
    const additions = ownAdditions();
    const names = [...coreRules(additions), ...additions.rules].map(({ name }) => `${name}.ts`);
    expect(names.sort()).toEqual(files.filter((file) => !helpers.includes(file)).sort());
  });
});

describe('rooms', () => {
  it('are unique', () => {
    expect(problemsOf('chat: {rooms: [ops, dev, {name: ops}]}\n')).toEqual([
      'chat.rooms[2].name: room `ops` stands twice, first at chat.rooms[0]',
    ]);
  });

  it('have names Rocket.Chat accepts, and a bad one is fixed', () => {
    expect(fixesOf('chat: {rooms: ["#Team Café", "!!!"], bot: {rooms: [general]}}\n')).toEqual([
      'chat.rooms[0] -> write `Team-Cafe`',
      'chat.rooms[1] -> no fix',
    ]);
  });

  it('unknown names in members are refused, as Rocket.Chat drops them without a word', () => {
    expect(problemsOf('chat: {users: [alice], rooms: [{name: a, members: [alice, chief, hubot, zoe]}]}\n')).toEqual([
      'chat.rooms[0].members[3]: no user is called `zoe`',
    ]);
    expect(fixesOf('chat: {rooms: [{name: a, members: [zoe]}]}\n')).toEqual([
      'chat.rooms[0].members[0] -> add `zoe` to chat.users',
    ]);
  });

  it('may be called general, which is there anyway, but not closed', () => {
    expect(accepted('chat: {rooms: [general], bot: {rooms: [general]}}\n')).toEqual([]);
    expect(problemsOf('chat: {rooms: [{name: general, kind: private}]}\n')).toEqual([
      "chat.rooms[0].kind: `general` is Rocket.Chat's own room and always a channel",
    ]);
  });

  it('are known where the bot or an announcement names them', () => {
    const text =
      'chat: {bot: {rooms: [ops, nope]}}\ngitlab: {announce: [{project: a/b, room: zzz}, {project: a/c, room: general}]}\n';
    expect(problemsOf(text)).toEqual([
      'chat.bot.rooms[1]: no room is called `nope`',
      'gitlab.announce[0].room: no room is called `zzz`',
    ]);
    expect(fixesOf(text)).toContain('gitlab.announce[0].room -> add `zzz` to chat.rooms');
  });

  it('where the conversation is proven are not read-only', () => {
    expect(problemsOf('chat: {rooms: [{name: a, readOnly: true}, b], bot: {rooms: [a, b]}}\n')).toEqual([
      "chat.bot.rooms[0]: the conversation is proven in the bot's first room, and `a` is read-only",
    ]);
  });

  it('that are read-only come last in the rooms the bot has by default', () => {
    const { chat } = ownConfigOf('chat: {rooms: [{name: a, readOnly: true}, b]}\n');
    expect(chat.bot.rooms).toEqual(['b', 'a']);
  });
});

describe('accounts', () => {
  it('are unique without regard to case, the administrator, the bot and rocket.cat included', () => {
    const text = 'admin: {username: boss}\nchat: {bot: {username: Boss}, users: [alice, ALICE, boss, rocket.cat]}\n';
    expect(problemsOf(text)).toEqual([
      'chat.bot.username: user name `Boss` is taken by the administrator',
      'chat.users[1]: user name `ALICE` is taken by chat.users[0]',
      'chat.users[2]: user name `boss` is taken by the administrator',
      "chat.users[3]: user name `rocket.cat` is taken by Rocket.Chat's own bot",
    ]);
  });

  it('have addresses of their own', () => {
    const text =
      'chat: {users: [{username: a, email: x@y.z}, {username: b, email: X@Y.z}, {username: c, email: chief@chatops.localhost}]}\n';
    expect(problemsOf(text)).toEqual([
      'chat.users[1].email: the e-mail address `X@Y.z` belongs to somebody else already',
      'chat.users[2].email: the e-mail address `chief@chatops.localhost` belongs to somebody else already',
    ]);
  });

  it('do not share a variable of .env', () => {
    expect(problemsOf('chat: {users: [a.b, a-b]}\n')).toEqual([
      'chat.users[1]: `a-b` and `a.b` share the variable CHATOPS_USER_A_B_PASSWORD',
    ]);
  });

  it('have names Rocket.Chat accepts', () => {
    expect(fixesOf('chat: {users: ["@alice", "bob smith"]}\n')).toEqual([
      'chat.users[0] -> write `alice`',
      'chat.users[1] -> write `bob-smith`',
    ]);
  });
});

describe('an existing MongoDB', () => {
  it('has members and a name of its own, which are not ours to set', () => {
    expect(problemsOf('mongo: {kind: external, members: 3, set: rs1}\n')).toEqual([
      'mongo.members: `members` is for a set of ours, and kind is `external`',
      'mongo.set: `set` is for a set of ours, and kind is `external`',
    ]);
  });

  it('is accepted without them', () => {
    expect(accepted('mongo: {kind: external}\n')).toEqual([]);
  });
});

describe('announcements', () => {
  const announce = (entries: string, more = '') => `gitlab: {announce: [${entries}]${more}}\n`;

  it('name exactly one source each', () => {
    expect(problemsOf(announce('{}, {project: a/b, instance: true}, {}'))).toEqual([
      'gitlab.announce[0]: names nothing whose events could be announced',
      'gitlab.announce[1].instance: names project and instance, but one entry is one hook',
      'gitlab.announce[2]: names nothing whose events could be announced',
    ]);
  });

  it('are not made twice for one room, but may be for two', () => {
    expect(problemsOf(announce('{project: a/b}, {project: A/b, room: ci}'))).toEqual([
      'gitlab.announce[1]: announces the same in the same room as gitlab.announce[0]',
    ]);
    expect(accepted(announce('{project: a/b}, {project: a/b, room: ops}, {instance: true}'))).toEqual([]);
  });

  it('group hooks on the bundled CE are refused, and the projects are named as the way', () => {
    expect(problemsOf(announce('{group: team}'))).toEqual([
      'gitlab.announce[0].group: group hooks need GitLab Premium, and the bundled GitLab is the Community Edition',
    ]);
    expect(fixesOf(announce('{group: team}'))[0]).toContain('project: team/…');
    expect(accepted(`${announce('{group: team}')}images: {gitlab: "gitlab/gitlab-ee:19.3.0-ee.0"}\n`)).toEqual([]);
    expect(accepted(announce('{group: team}', ', url: "https://git.example.org"'))).toEqual([]);
  });

  it('of the whole instance are refused for events a system hook never sends', () => {
    expect(problemsOf(announce('{instance: true, events: [push, pipeline]}'))).toEqual([
      'gitlab.announce[0].events[1]: a system hook (`instance: true`) never reports `pipeline`, only push, tag_push, merge_requests',
    ]);
  });

  it('need a GitLab', () => {
    expect(problemsOf(announce('{project: a/b}', ', kind: none'))).toEqual([
      'gitlab.announce: there is no GitLab (`kind: none`) whose events could be announced',
    ]);
  });
});

describe('GitLab and runner', () => {
  it('an existing GitLab has an address, ours and none have not', () => {
    expect(problemsOf('gitlab: {kind: external}\n')).toEqual([
      'gitlab.url: `kind: external` needs the address of the existing GitLab',
    ]);
    expect(problemsOf('gitlab: {kind: bundled, url: "https://a.b"}\n')).toEqual([
      'gitlab.url: an address is for an existing GitLab, and kind is `bundled`',
    ]);
  });

  it('a bare host name is no address, and the scheme is offered', () => {
    expect(fixesOf('gitlab: {url: git.example.org}\n')).toEqual(['gitlab.url -> write `https://git.example.org`']);
  });

  it('a runner needs a GitLab', () => {
    expect(problemsOf('gitlab: none\nrunner: {tags: [a]}\n')).toEqual([
      'runner: a runner without a GitLab has nothing to run',
    ]);
  });

  it('a runner without tags takes untagged jobs', () => {
    expect(problemsOf('runner: {tags: [], runUntagged: false}\n')).toEqual([
      'runner.runUntagged: without tags it would never take a job',
    ]);
  });

  it('limits of jobs are for jobs in containers', () => {
    const limits = 'jobs: {memory: 8g, cpus: 1.5, pullPolicy: never, allowedImages: ["alpine:*"]}';
    expect(problemsOf(`runner: {executor: shell, ${limits}}\n`)).toEqual([
      'runner.jobs: jobs of a shell run in no container, so that nothing limits them',
    ]);
    expect(problemsOf('runner: {jobs: {memory: 4 GB}}\n')[0]).toMatch(
      /^runner\.jobs\.memory: must be an amount of memory/,
    );
  });

  it('the scope of a runner names one thing', () => {
    expect(problemsOf('runner: {scope: {}}\n')).toEqual(['runner.scope: names neither a project nor a group']);
    expect(problemsOf('runner: {scope: {project: a/b, group: c}}\n')).toEqual([
      'runner.scope: names a project and a group',
    ]);
  });

  it('a runner of another minor is reported, of another major refused', () => {
    const images = (runner: string) => `images: {gitlab-runner: "gitlab/gitlab-runner:alpine-v${runner}"}\n`;
    expect(warningsOf(images('19.1.0'))).toEqual([
      'images.gitlab-runner: `gitlab/gitlab-runner:alpine-v19.1.0` is of another version than `gitlab/gitlab-ce:19.3.0-ce.0`',
    ]);
    expect(fixesOf(images('18.3.0'))).toEqual([
      'images.gitlab-runner -> set `gitlab/gitlab-runner:alpine-v19.3.0`, or remove the line',
    ]);
    expect(accepted(`runner: false\n${images('18.3.0')}`)).toEqual([]);
  });
});

describe('images', () => {
  it.each(['mongo:latest', 'mongo', 'mongo:8', 'registry.example.org:5000/mongo', 'mongo:noble'])(
    'the floating tag of %s is refused',
    (image) => {
      expect(problemsOf(`images: {mongo: "${image}"}\n`)).toEqual([
        `images.mongo: \`${image}\` may be another version tomorrow`,
      ]);
    },
  );

  it.each([
    'mongo:8.0',
    'mongo:8.0.29-noble',
    'registry.example.org:5000/mirror/mongo:8.0',
    `mongo@sha256:${'a'.repeat(64)}`,
    'mongo:20260820',
    'mongo:build-3f2a9c1d',
  ])('%s is pinned', (image) => {
    expect(accepted(`images: {mongo: "${image}"}\n`)).toEqual([]);
  });

  it('may float when that is asked for', () => {
    expect(accepted('images: {allowFloating: true, mongo: "mongo:latest", nginx: nginx}\n')).toEqual([]);
  });

  it('of jobs may float with a warning', () => {
    expect(warningsOf('runner: {image: "node:lts"}\n')).toEqual([
      'runner.image: `node:lts` may be another version tomorrow',
    ]);
  });

  it.each([
    ['8.5', 'mongo:6.0', '7.0 or later'],
    ['8.0', 'mongo:6.0', '7.0 or later'],
    ['7.10', 'mongo:8.0', '5.0 to 7.0'],
    ['7.0', 'mongo:4.4', '5.0 to 7.0'],
    ['6.5', 'mongo:7.0', '4.4 to 6.0'],
    ['9.0', 'mongo:7.0', '8.0 or later'],
  ])('Rocket.Chat %s with %s is refused', (version, mongo, range) => {
    expect(problemsOf(`chat: {version: "${version}"}\nimages: {mongo: "${mongo}"}\n`)).toEqual([
      `images.mongo: Rocket.Chat ${version} works with MongoDB ${range}, not with \`${mongo}\``,
    ]);
  });

  it.each([
    ['8.0', 'mongo:7.0'],
    ['8.5', 'mongo:8.2'],
    ['7.13', 'mongo:5.0'],
    ['6.8', 'mongo:4.4'],
    ['9.1', 'mongo:8.0'],
  ])('Rocket.Chat %s with %s is accepted', (version, mongo) => {
    expect(accepted(`chat: {version: "${version}"}\nimages: {mongo: "${mongo}"}\n`)).toEqual([]);
  });

  it('Rocket.Chat 8.2 and later below MongoDB 8.0 is accepted with a warning', () => {
    expect(warningsOf('chat: {version: "8.2"}\nimages: {mongo: "mongo:7.0"}\n')).toEqual([
      'images.mongo: Rocket.Chat 8.2 warns below MongoDB 8.0, and 9.0 will refuse it',
    ]);
  });

  it('a Rocket.Chat whose MongoDB versions are not known is refused', () => {
    expect(problemsOf('chat: {version: "6.4"}\n')).toEqual([
      'chat.version: Rocket.Chat `6.4` is older than 6.5, the oldest whose MongoDB versions are known here',
    ]);
  });

  it('of Rocket.Chat hold the version that is named', () => {
    expect(problemsOf('chat: {version: "8.5"}\nimages: {rocketchat: "rocket.chat:8.4.4"}\n')).toEqual([
      'images.rocketchat: `rocket.chat:8.4.4` is not Rocket.Chat 8.5, which chat.version names',
    ]);
  });

  it('do not matter for a chat that is there already', () => {
    expect(accepted('chat: {version: "6.0", url: "https://chat.example.org"}\n')).toEqual([]);
  });
});

describe('the licence of the chat', () => {
  it('is for a server of ours alone', () => {
    expect(problemsOf('chat: {url: "https://chat.example.org", licensed: true}\n')).toEqual([
      'chat.licensed: the licence of an existing server is given to it by its owner',
    ]);
  });
});

describe('settings of the chat', () => {
  it.each(['registration: public', 'callsPerMinute: 60', 'secondFactor: {mail: true}'])(
    'are for a server of ours alone: %s',
    (words) => {
      expect(problemsOf(`chat: {url: "https://chat.example.org", ${words}}\n`)).toEqual([
        `chat.${words.replace(/:.*/, '')}: the settings of an existing server are its owner’s`,
      ]);
    },
  );
});

describe('names that Rocket.Chat keeps for itself', () => {
  it.each(['administrator', 'system', 'User', 'all', 'here'])('are refused for the administrator: %s', (name) => {
    expect(problemsOf(`admin: {username: ${name}}\n`)).toEqual([
      `admin.username: Rocket.Chat keeps the user name \`${name}\` for itself`,
    ]);
  });

  it('are the administrator of a server that is there already, which has its name', () => {
    expect(accepted('admin: {username: system}\nchat: {url: "https://chat.example.org"}\n')).toEqual([]);
  });

  it('are not `admin` for the administrator, who is called so anyway', () => {
    expect(accepted('admin: {username: admin}\n')).toEqual([]);
  });

  it('are refused for users, bot and rooms, each at its place', () => {
    const text = 'chat: {users: [alice, here], bot: {username: Admin}, rooms: [ops, {name: system}]}\n';
    expect(problemsOf(text).toSorted()).toEqual([
      'chat.bot.username: Rocket.Chat keeps the user name `Admin` for itself',
      'chat.rooms[1].name: Rocket.Chat keeps the room name `system` for itself',
      'chat.users[1]: Rocket.Chat keeps the user name `here` for itself',
    ]);
  });
});

describe('display names', () => {
  it.each([
    ['Alice <3', 'Alice 3'],
    ['Ops / Night', 'Ops Night'],
    ['100%', '100'],
    ['%3Cscript', '3Cscript'],
    ['50%25', '50 25'],
  ])('that Rocket.Chat refuses are refused, with a fix: %s', (name, plain) => {
    const text = `chat: {users: [{username: alice, name: "${name}"}], bot: {name: "${name}"}}\n`;
    expect(fixesOf(text).toSorted()).toEqual([
      `chat.bot.name -> write \`${plain}\``,
      `chat.users[0].name -> write \`${plain}\``,
    ]);
  });

  it.each(['Zoë O’Hara', 'Caf%C3%A9', 'R&D "quoted"'])('may be %s', (name) => {
    expect(accepted(`chat: {users: [{username: alice, name: '${name}'}]}\n`)).toEqual([]);
  });
});

const ANNOUNCED_TWICE = 'gitlab: {announce: [{project: a/b, events: [push, push]}]}\n';

describe('lists', () => {
  it('name each entry once', () => {
    const text = `
chat:
  users: [{username: alice, roles: [user, user]}]
  rooms: [{name: a, members: [alice, chief, alice]}]
  bot: {rooms: [a, general, a]}
gitlab: {announce: [{project: a/b, events: [push, push]}]}
runner: {tags: [x, x]}
`;
    expect(problemsOf(text)).toEqual([
      'chat.users[0].roles[1]: `user` stands twice, first at chat.users[0].roles[0]',
      'chat.rooms[0].members[2]: `alice` stands twice, first at chat.rooms[0].members[0]',
      'chat.bot.rooms[2]: `a` stands twice, first at chat.bot.rooms[0]',
      'gitlab.announce[0].events[1]: `push` stands twice, first at gitlab.announce[0].events[0]',
      'runner.tags[1]: `x` stands twice, first at runner.tags[0]',
    ]);
  });

  it.each([
    ['roles of users', 'chat: {users: [{username: alice, roles: [user, user]}]}\nrunner: {tags: 3}\n', 'chat.users[0]'],
    ['tags of the runner', 'runner: {tags: [x, x]}\nchat: {users: [{username: alice, roles: 3}]}\n', 'runner.tags[1]'],
    [
      'events of announcements',
      `${ANNOUNCED_TWICE}chat: {users: [{username: alice, roles: 3}]}\n`,
      'gitlab.announce[0]',
    ],
  ])('name each entry once, also while a list of another section is refused: %s', (_, text, place) => {
    const twice = problemsOf(text).filter((problem) => problem.includes('stands twice'));
    expect(twice).toEqual([expect.stringContaining(place)]);
  });
});

describe('ports, TLS, MongoDB', () => {
  it('ports differ, and the one that was written is blamed', () => {
    expect(problemsOf('ports: {http: 2222}\n')).toEqual(['ports.http: port 2222 is ports.ssh already']);
    expect(problemsOf('ports: {ssh: 8080}\n')).toEqual(['ports.ssh: port 8080 is ports.http already']);
  });

  it('ports of the front door are none that browsers block', () => {
    expect(problemsOf('ports: {http: 6000}\n')).toEqual([
      'ports.http: port 6000 is blocked: browsers refuse to connect to it, and so do programs that keep to the same list (ERR_UNSAFE_PORT)',
    ]);
    expect(problemsOf('ports: {https: 10080}\ntls: {certificate: a, key: b}\n')[0]).toMatch(
      /^ports\.https: port 10080 /,
    );
    expect(problemsOf('public: {port: 6667, proxies: [10.0.0.7]}\n')[0]).toMatch(/^public\.port: port 6667 /);
  });

  it('ports that no browser opens may be blocked ones', () => {
    expect(accepted('ports: {https: 10080, ssh: 22}\n')).toEqual([]);
  });

  it('addresses of existing servers are none that browsers block', () => {
    expect(problemsOf('gitlab: {kind: external, url: "http://git.example.org:10080"}\n')[0]).toMatch(
      /^gitlab\.url: port 10080 is blocked: /,
    );
    expect(problemsOf('chat: {url: "http://chat.example.org:6000/"}\n')[0]).toMatch(
      /^chat\.url: port 6000 is blocked: /,
    );
  });

  it('addresses of existing servers have a port that exists', () => {
    expect(problemsOf('gitlab: {kind: external, url: "http://git.example.org:99999"}\n')).toEqual([
      'gitlab.url: is no address that a program can read',
    ]);
  });

  it('ports that are not opened cannot clash', () => {
    expect(accepted('ports: {http: 8443}\n')).toEqual([]);
    expect(accepted('ports: {http: 2222}\ngitlab: none\n')).toEqual([]);
    expect(problemsOf('ports: {http: 8443}\ntls: {certificate: a, key: b}\n')).toEqual([
      'ports.http: port 8443 is ports.https already',
    ]);
  });

  it('a proxy of others ends TLS, or the front door does', () => {
    expect(problemsOf('public: {proxies: [10.0.0.7]}\ntls: {certificate: a, key: b}\n')).toEqual([
      'public: `public` says that TLS ends at a proxy before the front door, `tls` that it ends at the front door',
    ]);
  });

  it.each([
    ['public: {scheme: https}', 'public'],
    ['public: {proxies: []}', 'public.proxies'],
  ])('%s: nobody would be believed', (text, path) => {
    expect(problemsOf(`${text}\n`)).toEqual([
      `${path}: \`public\` needs \`proxies\`: without one nobody is believed that the user came by another address`,
    ]);
  });

  it.each([
    'proxy.example.org',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.0/33',
    'fd00::/129',
    '10.0.0.7:80',
    '::1%lo',
    '',
    '/8',
  ])('the proxy %j is no address', (proxy) => {
    expect(problemsOf(`public: {proxies: ["${proxy}"]}\n`)).toEqual([
      expect.stringMatching(/^public\.proxies\[0\]: .* is no address and no range of addresses$/),
    ]);
  });

  it.each(['0.0.0.0/0', '::/0', '10.0.0.1/0'])('the proxy %s would be everybody', (proxy) => {
    expect(problemsOf(`public: {proxies: [10.0.0.7, "${proxy}"]}\n`)).toEqual([
      expect.stringContaining('public.proxies[1]'),
    ]);
    expect(problemsOf(`public: {proxies: ["${proxy}"]}\n`)[0]).toContain('is the whole internet');
  });

  it.each([
    ['10.1.2.3/8', '10.0.0.0/8'],
    ['fd00:1::5/32', 'fd00:1::/32'],
  ])('the range %s begins elsewhere', (written, meant) => {
    expect(fixesOf(`public: {proxies: ["${written}"]}\n`)).toEqual([
      `public.proxies[0] -> write ${meant}, or the address alone if only it is meant`,
    ]);
  });

  it.each(['64.0.0.0/2', '2000::/3'])('the range %s is believed with a warning', (range) => {
    expect(accepted(`public: {proxies: ["${range}"]}\n`)).toEqual([
      expect.stringContaining('is a large part of the internet'),
    ]);
  });

  it('proxies of private networks are believed without a word', () => {
    expect(accepted('public: {proxies: [10.0.0.7, 172.16.0.0/12, 10.0.0.0/8, "fc00::/7", "::1"]}\n')).toEqual([]);
  });

  it('a name that is not local wants TLS, unless only this machine reaches it', () => {
    expect(accepted('domain: chat.example.org\n')).toEqual([
      expect.stringContaining('chat.example.org is reached by plain HTTP'),
    ]);
    expect(accepted('domain: chat.example.org\nbind: 127.0.0.1\n')).toEqual([]);
    expect(accepted('domain: chat.example.org\nbind: "::1"\n')).toEqual([]);
    expect(accepted('domain: chat.example.org\ntls: {certificate: a, key: b}\n')).toEqual([]);
    expect(accepted('domain: ops.localhost\nbind: 0.0.0.0\n')).toEqual([]);
    expect(accepted('domain: chat.example.org\npublic: {proxies: [10.0.0.7]}\n')).toEqual([]);
    expect(accepted('domain: chat.example.org\npublic: {scheme: http, proxies: [10.0.0.7]}\n')).toHaveLength(1);
  });

  it('ports are opened on this machine alone where the domain means it, else on every address', () => {
    expect(ownConfigOf('name: blue\n').bind).toBe('127.0.0.1');
    expect(ownConfigOf('domain: localhost\n').bind).toBe('127.0.0.1');
    expect(ownConfigOf('domain: localhost.example.org\n').bind).toBe('0.0.0.0');
    expect(ownConfigOf('bind: 192.0.2.7\n').bind).toBe('192.0.2.7');
    expect(problemsOf('bind: eth0\n')).toEqual([
      'bind: must be an IP address of this machine, e.g. 127.0.0.1, or 0.0.0.0 for all of them',
    ]);
  });

  it('TLS needs both files', () => {
    expect(problemsOf('tls: {certificate: a}\n')).toEqual([
      'tls.key: tls needs certificate and key, and `key` is missing',
    ]);
    expect(problemsOf('tls: {}\n')).toHaveLength(2);
  });

  it('and authority are files of the stack directory, unless their absolute path is written', () => {
    const out = 'tls: {certificate: ../../../../etc/passwd, key: "a/../../key.pem"}\nauthority: ../ca.pem\n';
    expect(problemsOf(out)).toEqual([
      'tls.certificate: ../../../../etc/passwd leads out of the stack directory',
      'tls.key: a/../../key.pem leads out of the stack directory',
      'authority: ../ca.pem leads out of the stack directory',
    ]);
    expect(fixesOf(out)[0]).toContain('write its absolute path');
    expect(accepted('tls: {certificate: /etc/ssl/a.pem, key: ./a/../b.pem}\nauthority: ..a/..b.pem\n')).toEqual([]);
  });

  it('an even number of MongoDB members is accepted, as a set passes through it, with a warning', () => {
    expect(warningsOf('mongo: {members: 2}\n')).toEqual([
      'mongo.members: a set of 2 voters survives no more failures than one of 1',
    ]);
    expect(accepted('mongo: {members: 3}\n')).toEqual([]);
  });
});

describe('a chat of the kind mattermost', () => {
  const refused = (chat: string): readonly string[] => problemsOf(`chat: {kind: mattermost, ${chat}}\n`);

  it('has a relay, a team and a channel of its own without a word more', () => {
    expect(sectionOf(ownConfigOf('chat: {kind: mattermost, rooms: []}\n'), CHAT)).toMatchObject({
      receiver: 'relay',
      stores: 'sql',
      team: 'chatops',
      ownRoom: 'town-square',
      bot: { rooms: ['town-square'] },
    });
  });

  it('takes what it knows: team, header, purpose, webhooks', () => {
    const room = '{name: ops, header: a, purpose: b, readOnly: false}';
    const text = `chat: {kind: mattermost, team: works, rooms: [${room}], hooks: [{name: c, room: ops}]}\n`;
    expect(accepted(text)).toEqual([]);
  });

  it.each([
    ['version: "8.5"', 'chat.version: Mattermost has no `version`, Rocket.Chat has'],
    ['licensed: true', 'chat.licensed: Mattermost has no `licensed`, Rocket.Chat has'],
    [
      'rooms: [{name: a, readOnly: true}, b], bot: {rooms: [b]}',
      'chat.rooms[0].readOnly: Mattermost has no `readOnly`, Rocket.Chat has',
    ],
    ['receiver: webhook', 'chat.receiver: Mattermost makes no messages of deliveries by itself: a relay does'],
    ['hooks: [{name: a, room: nowhere}]', 'chat.hooks[0].room: no room is called `nowhere`'],
    ['team: api-users', 'chat.team: Mattermost keeps the team name `api-users` for itself'],
    [
      'users: [Alice]',
      'chat.users[0]: Mattermost takes no user name `Alice`: small letters, digits, ., - and _ only, beginning with a letter',
    ],
    ['bot: {username: channel}', 'chat.bot.username: Mattermost keeps the user name `channel` for itself'],
    [
      'rooms: [a.b]',
      'chat.rooms[0]: Mattermost takes no channel name `a.b`: up to 64 small letters, digits, - and _ only, beginning with a letter or digit',
    ],
    [
      'rooms: [{name: town-square, kind: private}]',
      "chat.rooms[0].kind: `town-square` is Mattermost's own channel and always open",
    ],
  ])('refuses %s', (chat, problem) => {
    expect(refused(chat)).toEqual([problem]);
  });

  it('is not judged by the rules of Rocket.Chat, nor by what MongoDB it would want', () => {
    expect(
      accepted('chat: {kind: mattermost, rooms: [{name: general, kind: private}]}\nimages: {mongo: "mongo:4.0"}\n'),
    ).toEqual([]);
  });

  it.each([
    ['team: works', 'chat.team: Rocket.Chat has no `team`, Mattermost has'],
    ['rooms: [{name: a, purpose: b}]', 'chat.rooms[0].purpose: Rocket.Chat has no `purpose`, Mattermost has'],
    ['hooks: [{name: a, room: ops}]', 'chat.hooks: Rocket.Chat has no `hooks`, Mattermost has'],
  ])('alone knows %s', (chat, problem) => {
    expect(problemsOf(`chat: {${chat}}\n`)).toEqual([problem]);
  });
});
