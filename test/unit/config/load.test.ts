import { describe, expect, it } from 'vitest';
import { formatError } from '../../../src/errors/chatops-error.ts';
import { defaultConfig } from '../../../src/wiring/own-house.ts';
import { loadOwn, ownConfigOf, spelledOut } from '../../helpers/own-config.ts';
import { fixesOf, problemsOf, refused } from './refused.ts';

const DEFAULTS = spelledOut(defaultConfig());
const load = (text: string) => ownConfigOf(text);

describe('what may be left out', () => {
  it('gives the default stack for an empty mapping', () => {
    expect(load('{}\n')).toEqual(DEFAULTS);
  });

  it('gives the default stack for a file with only a name, and says nothing about it', () => {
    const { config, warnings } = loadOwn('name: chatops\n');
    expect(spelledOut(config)).toEqual(DEFAULTS);
    expect(warnings).toEqual([]);
  });

  it('lets the runner be described by the name of the stack', () => {
    expect(load('name: blue\n').runner?.description).toBe('blue runner');
  });

  it('gives every account an address at the domain', () => {
    const config = load('domain: example.org\nchat: {users: [alice]}\n');
    expect([config.admin.email, config.chat.users[0]?.email]).toEqual(['chief@example.org', 'alice@example.org']);
  });

  it('gives addresses a dot after the @ where the domain has none, as Rocket.Chat wants one', () => {
    expect(load('domain: localhost\n').admin.email).toBe('chief@localhost.localdomain');
  });

  it('calls an administrator or bot with a name of its own by that name', () => {
    const config = load('admin: {username: boss}\nchat: {bot: {username: marvin}}\n');
    expect([config.admin.name, config.chat.bot.name]).toEqual(['boss', 'marvin']);
  });
});

describe('short forms', () => {
  it('spells out rooms', () => {
    const config = load('chat: {users: [alice], rooms: [ops, {name: dev, kind: private, members: [alice]}]}\n');
    expect(config.chat.rooms).toEqual([
      { name: 'ops', kind: 'channel', members: [], readOnly: false },
      { name: 'dev', kind: 'private', members: ['alice'], readOnly: false },
    ]);
    expect(config.chat.bot.rooms).toEqual(['ops', 'dev']);
  });

  it('spells out users', () => {
    const text = 'chat: {users: [alice, {username: bob, name: Bob, email: b@example.org, roles: [admin]}]}\n';
    expect(load(text).chat.users).toEqual([
      { username: 'alice', name: 'alice', email: 'alice@chatops.localhost', roles: ['user'] },
      { username: 'bob', name: 'Bob', email: 'b@example.org', roles: ['admin'] },
    ]);
  });

  it('takes a GitLab with a url for an existing one, announces nothing unasked, and drops the last slash', () => {
    expect(load('gitlab: {url: https://git.example.org/}\n').gitlab).toEqual({
      kind: 'external',
      url: 'https://git.example.org',
      announce: [],
    });
  });

  it('understands gitlab: none, which leaves no runner either', () => {
    const config = load('gitlab: none\n');
    expect(config.gitlab).toEqual({ kind: 'none', announce: [] });
    expect(config).not.toHaveProperty('runner');
  });

  it('understands runner: false and runner: true', () => {
    expect(load('runner: false\n')).not.toHaveProperty('runner');
    expect(load('runner: true\n')).toEqual(DEFAULTS);
  });

  it('understands announcements of projects, groups and the instance, with their default events', () => {
    const text = `
gitlab:
  url: https://git.example.org
  announce:
    - {project: a/b}
    - {group: a, room: ops, events: [note]}
    - {instance: true}
`;
    expect(load(text).gitlab.announce).toEqual([
      { source: { kind: 'project', path: 'a/b' }, room: 'ci', events: ['push', 'merge_requests', 'pipeline'] },
      { source: { kind: 'group', path: 'a' }, room: 'ops', events: ['note'] },
      { source: { kind: 'instance' }, room: 'ci', events: ['push', 'merge_requests'] },
    ]);
  });

  it('announces in the first room where there is no ci, and in general where there is none at all', () => {
    expect(load('chat: {rooms: [dev, ops]}\n').gitlab.announce[0]?.room).toBe('dev');
    const roomless = load('chat: {rooms: []}\n');
    expect([roomless.gitlab.announce[0]?.room, roomless.chat.bot.rooms]).toEqual(['general', ['general']]);
  });

  it('understands the three scopes of a runner', () => {
    expect(load('runner: {scope: {group: a/b}}\n').runner?.scope).toEqual({ kind: 'group', path: 'a/b' });
    expect(load('runner: {scope: {project: a/b}}\n').runner?.scope).toEqual({ kind: 'project', path: 'a/b' });
    expect(load('runner: {scope: instance}\n').runner?.scope).toEqual({ kind: 'instance' });
  });

  it('tags a shell runner as such', () => {
    expect(load('runner: {executor: shell}\n').runner?.tags).toEqual(['shell']);
  });

  it('carries everything that is written in full', () => {
    const config = load(`
tls: {certificate: certs/a.pem, key: certs/a.key}
chat: {url: "https://chat.example.org/", locale: fr}
runner: {description: r, tags: [a], image: "alpine:3.20", runUntagged: false, concurrent: 4}
mongo: {set: rs1, members: 3}
ports: {http: 80}
`);
    expect(config.tls).toEqual({ certificate: 'certs/a.pem', key: 'certs/a.key' });
    expect(config.chat).toMatchObject({ url: 'https://chat.example.org', locale: 'fr' });
    expect(config.runner).toMatchObject({ description: 'r', tags: ['a'], runUntagged: false, concurrent: 4 });
    expect(config.mongo).toEqual({ kind: 'bundled', set: 'rs1', members: 3 });
    expect(config.ports).toEqual({ http: 80, https: 8443, ssh: 2222 });
  });
});

describe('versions', () => {
  it.each([
    ['8.10', '8.10'],
    ['8.0', '8.0'],
    ['"8.5"', '8.5'],
    ["'7.10'", '7.10'],
  ])('takes the version %s as it is written', (written, version) => {
    expect(load(`chat:\n  version: ${written}\n`).chat.version).toBe(version);
  });

  it('keeps 8.10 through an anchor and a merge key as well', () => {
    expect(load('chat: {version: &v 8.10}\n').chat.version).toBe('8.10');
    expect(load('chat:\n  <<: {version: 8.10}\n  locale: fr\n').chat.version).toBe('8.10');
    expect(load('chat:\n  <<: [{locale: fr}, {version: 8.10}]\n').chat.version).toBe('8.10');
  });

  it('chooses the MongoDB and the image that fit', () => {
    expect(load('chat: {version: 7.13}\n').images).toMatchObject({
      mongo: 'mongo:7.0',
      rocketchat: 'rocket.chat:7.13',
    });
    expect(load('chat: {version: 6.6}\n').images.mongo).toBe('mongo:6.0');
  });

  it("reads the version from the image where only that is named, and the runner's from GitLab's", () => {
    const text = 'images: {rocketchat: "rocket.chat:8.4.4", gitlab: "gitlab/gitlab-ce:18.2.1-ce.0"}\n';
    const config = load(text);
    expect(config.chat.version).toBe('8.4');
    expect(config.images['gitlab-runner']).toBe('gitlab/gitlab-runner:alpine-v18.2.1');
  });

  it('refuses what is not major.minor, and says how to write it', () => {
    expect(fixesOf('chat: {version: 8.5.1}\n')).toEqual(['chat.version -> write `8.5`']);
    expect(problemsOf('chat: {version: 8}\n')).toEqual(['chat.version: must be a version as major.minor, such as 8.5']);
  });
});

describe('problems', () => {
  it('are reported all at once, in the order of the file, each with its place', () => {
    const error = refused(`nmae: x
ports: {http: "8080", ssh: 1.5, https: 70000}
chat:
  rooms: ["a b", {nam: dev, kind: privat}, 3]
  users: alice
images: {mongo: mongo:8}
tls: {key: a.pem}
`);
    expect(error.code).toBe('CONFIG_INVALID');
    expect(error.exitStatus).toBe(78);
    expect(error.problems.map(({ line, column, path }) => `${line}:${column} ${path}`)).toEqual([
      '1:1 nmae',
      '2:15 ports.http',
      '2:28 ports.ssh',
      '2:40 ports.https',
      '4:11 chat.rooms[0]',
      '4:19 chat.rooms[1].nam',
      '4:35 chat.rooms[1].kind',
      '4:44 chat.rooms[2]',
      '5:10 chat.users',
      '6:17 images.mongo',
      '7:6 tls.certificate',
    ]);
  });

  it('name the nearest right key, value, room and user', () => {
    expect(fixesOf('nmae: x\n')).toEqual(['nmae -> write `name`']);
    expect(fixesOf('chat: {rooms: [{name: a, kind: pivate}]}\n')).toEqual(['chat.rooms[0].kind -> write `private`']);
    expect(fixesOf('gitlab: {announce: [{project: a/b, events: [pipelin]}]}\n')).toEqual([
      'gitlab.announce[0].events[0] -> write `pipeline`',
    ]);
    expect(fixesOf('chat: {bot: {rooms: [opps]}}\n')).toEqual(['chat.bot.rooms[0] -> write `ops`']);
    expect(fixesOf('chat: {users: [alice], rooms: [{name: a, members: [alcie]}]}\n')).toEqual([
      'chat.rooms[0].members[0] -> write `alice`',
    ]);
  });

  it('say where a key belongs that stands at the wrong place', () => {
    expect(fixesOf('rooms: [ops]\n')).toEqual(['rooms -> it belongs at `chat.rooms`']);
  });

  it('list the known keys where nothing is near', () => {
    expect(fixesOf('tls: {zzzzzzz: 1, certificate: a, key: b}\n')).toEqual([
      'tls.zzzzzzz -> known here: certificate, key',
    ]);
  });

  it('advise to remove a misspelt key whose right form is there', () => {
    expect(fixesOf('name: a\nnmae: b\n')).toEqual(['nmae -> remove it: `name` is there already']);
  });

  it('report a misspelt key once, not as a missing one too', () => {
    expect(problemsOf('chat: {rooms: [{nmae: dev}]}\n')).toEqual(['chat.rooms[0].nmae: unknown key `nmae`']);
  });

  it('point at the nearest thing that is there when something is missing', () => {
    const [problem] = refused('chat:\n  rooms:\n    - kind: private\n').problems;
    expect(problem).toMatchObject({ path: 'chat.rooms[0].name', line: 3, column: 7, message: '`name` is missing' });
  });

  it.each([
    ['ports: {http: "8080"}', 'ports.http: must be a number, not the text `8080`', 'write `8080` without quotes'],
    ['chat: {rooms: [2024]}', 'chat.rooms[0]: must be text or a mapping, not `2024`', 'put it in quotes: `"2024"`'],
    ['name: 2024', 'name: must be text, not `2024`', 'put it in quotes: `"2024"`'],
    ['chat: {users: alice}', 'chat.users: must be a list, not the text `alice`', 'write it as a list: `[alice]`'],
    ['mongo: [3]', 'mongo: must be a mapping, not a list', 'no fix'],
    ['name: {a: 1}', 'name: must be text, not a mapping', 'no fix'],
    ['mongo:', 'mongo: has no value', 'write a value, or remove the key'],
    ['runner: {runUntagged: no}', 'runner.runUntagged: must be true or false, not the text `no`', 'write `false`'],
    ['runner: {runUntagged: yes}', 'runner.runUntagged: must be true or false, not the text `yes`', 'write `true`'],
    ['mongo: {members: 9}', 'mongo.members: must be at most 7', 'no fix'],
    ['mongo: {members: 0}', 'mongo.members: must be at least 1', 'no fix'],
    ['chat: {bot: {rooms: []}}', 'chat.bot.rooms: must be a list of at least 1 entry', 'no fix'],
    ['gitlab: nonne', 'gitlab: must be one of `bundled`, `none` or a mapping, not the text `nonne`', 'write `none`'],
    ['gitlab: {announce: [{instance: false}]}', 'gitlab.announce[0].instance: must be `true`, not `false`', 'no fix'],
  ])('speak plainly about %s', (text, message, fix) => {
    const [problem] = refused(`${text}\n`).problems;
    expect(`${problem?.path}: ${problem?.message}`).toBe(message);
    expect(problem?.fix ?? 'no fix').toBe(fix);
  });

  it('let the rules speak about the rest when one value was refused', () => {
    const text = 'ports: {http: x}\nchat: {rooms: [ops, ops, {name: a, readOnly: 5}]}\n';
    expect(refused(text).problems.map(({ path }) => path)).toEqual([
      'ports.http',
      'chat.rooms[1]',
      'chat.rooms[2].readOnly',
    ]);
  });

  it('do not blame a reference whose target could not be read', () => {
    expect(refused('chat: {rooms: [7], bot: {rooms: [dev]}}\n').problems.map(({ path }) => path)).toEqual([
      'chat.rooms[0]',
    ]);
  });

  it('are shown with the line and a pointer, what, why and next', () => {
    expect(formatError(refused('name: chatops\nchat:\n  rooms: [ops, "a b"]\n'))).toBe(
      [
        'CONFIG_INVALID  chatops.yaml was refused: 1 problem',
        '  why   chatops.yaml:3:16 chat.rooms[1]: must be letters without accents, digits, -, _ and . only (the chat refuses others in room names)',
        '          3 |   rooms: [ops, "a b"]',
        '            |                ^^^^^',
        '          fix: write `a-b`',
        '  next  write `a-b` (chatops.yaml:3:16), then run the command again',
      ].join('\n'),
    );
  });

  it('become plain data for --json, without excerpts', () => {
    expect(JSON.parse(JSON.stringify(refused('nmae: x\n')))).toEqual({
      code: 'CONFIG_INVALID',
      source: 'chatops.yaml',
      problems: [{ path: 'nmae', line: 1, column: 1, message: 'unknown key `nmae`', fix: 'write `name`' }],
    });
  });

  it('beyond twenty are counted in the text and all carried', () => {
    const error = refused(`chat: {rooms: [${Array.from({ length: 30 }, (_, index) => `"a ${index}"`).join(', ')}]}\n`);
    expect(error.problems).toHaveLength(30);
    expect(error.why).toMatch(/and 10 more$/);
  });
});

describe('secrets written where they do not belong', () => {
  it.each([
    ['admin: {password: hunter2-hunter2}', 'hunter2'],
    ['chat: {url: "https://bot:hunter2@chat.example.org"}', 'hunter2'],
    ['gitlab: {token: glpat-abcdefghijklmn}', 'abcdefghijklmn'],
    ['nmae: glpat-abcdefghijklmn', 'abcdefghijklmn'],
    ['gitlab: {kind: glpat-abcdefghijklmn}', 'abcdefghijklmn'],
  ])('are not repeated in the error: %s', (text, secret) => {
    const error = refused(`${text}\n`);
    expect(formatError(error) + JSON.stringify(error)).not.toContain(secret);
  });

  it('are sent to .env', () => {
    expect(fixesOf('gitlab: {api_token: x}\n')).toEqual([
      'gitlab.api_token -> secrets stand in .env, never here: remove it',
    ]);
  });
});
