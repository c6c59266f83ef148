/** Random configurations, valid in their structure; texts that users write may be hostile where asked. */
import fc from 'fast-check';
import type { Config } from '../../src/config/config.ts';
import { ANNOUNCE_EVENTS, type ForgeConfig } from '../../src/contracts/sections/forge.ts';
import { PULL_POLICIES, type RunnerConfig } from '../../src/contracts/sections/runner.ts';
import { aConfig, aConfigWithoutRunner, type ConfigOverrides, rocketchatSettings } from './config.ts';

const PIECES_OF_TROUBLE = [
  '${HOME}',
  '$$',
  '$x',
  '{{links}}',
  '"',
  "'",
  '`id`',
  '\\',
  '\n',
  '\r\n',
  '\t',
  ';',
  '}',
  '#',
  ': ',
  '- ',
  '%2F',
  '</script>',
  'yes',
  '0x1f',
  '2222:22',
  '~',
  '\u0007',
  '\u2028',
  '\u0085',
  '\ufeff',
  '\u007f',
  '\u00e9\u{1f680}',
  '=',
  '--help',
  ' ',
];

/** Never empty, as an empty text means "not given" in places. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...PIECES_OF_TROUBLE), fc.string({ unit: 'grapheme', maxLength: 6 })), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.join(''))
  .filter((text) => text !== '' && !text.includes('\0') && !/\p{Surrogate}/u.test(text));

const harmlessText = fc.constantFrom('Ann', "Ann's team", 'build runner', 'yes', '0x1f', '${HOME}', 'a: b # c', '--x');
// Patterns take long to be read, so each is read once and not for every configuration.
const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
const stackName = fc.stringMatching(/^[a-z][a-z0-9_-]{0,12}$/);

const rooms = fc.uniqueArray(label, { maxLength: 4 });

const places = (paths: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.record({ kind: fc.constantFrom('project' as const, 'group' as const), path: paths }),
    fc.constant({ kind: 'instance' as const }),
  );

const path = fc.tuple(label, label).map((parts) => parts.join('/'));

const announce = (names: readonly string[]) =>
  names.length === 0
    ? fc.constant([])
    : fc.array(
        fc.record({
          source: places(path),
          room: fc.constantFrom(...names),
          events: fc.uniqueArray(fc.constantFrom(...ANNOUNCE_EVENTS), { minLength: 1, maxLength: 4 }),
        }),
        { maxLength: 3 },
      );

const gitlab = (names: readonly string[]): fc.Arbitrary<ForgeConfig> =>
  fc.oneof(
    fc.record({ kind: fc.constant('bundled' as const), announce: announce(names) }),
    fc.record({
      kind: fc.constant('external' as const),
      url: fc.constantFrom('https://git.example.org', 'http://git.example.org:8929/base'),
      announce: announce(names),
    }),
    fc.constant({ kind: 'none' as const, announce: [] }),
  );

const runner = (text: fc.Arbitrary<string>): fc.Arbitrary<RunnerConfig> =>
  fc.record({
    description: text,
    tags: fc.array(text, { maxLength: 2 }),
    executor: fc.constantFrom('docker' as const, 'shell' as const),
    image: fc.constantFrom('alpine:3.22', 'mirror.example.org:5000/alpine'),
    runUntagged: fc.boolean(),
    concurrent: fc.integer({ min: 1, max: 9 }),
    jobs: fc.record(
      {
        memory: fc.constantFrom('512m', '8g'),
        serviceMemory: fc.constant('1g'),
        cpus: fc.constantFrom(0.5, 2),
        pullPolicy: fc.constantFrom(...PULL_POLICIES),
        allowedImages: fc.array(fc.constantFrom('alpine:*', 'mirror.example.org:5000/*:*'), { maxLength: 2 }),
        allowedServices: fc.constant(['postgres:*']),
      },
      { requiredKeys: [] },
    ),
    scope: places(path),
  });

const optional = <K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> =>
  value === undefined ? {} : ({ [key]: value } as Partial<Record<K, T>>);

/** What follows from `chat.kind`. */
const chatKind = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constant({
      ...{
        kind: 'mattermost',
        title: 'Mattermost',
        stores: 'sql',
        receiver: 'relay',
        team: 'works',
        ownRoom: 'town-square',
      },
      takesDeliveries: false,
      hooks: [{ name: "Ann's backups", room: 'town-square' }],
    } as const),
  },
);

const configs = (text: fc.Arbitrary<string>): fc.Arbitrary<Config> =>
  rooms.chain((names) =>
    fc
      .record({
        name: stackName,
        domain: fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join('.')),
        http: fc.integer({ min: 1, max: 30_000 }),
        https: fc.integer({ min: 30_001, max: 65_535 }),
        tls: fc.option(fc.constant({ certificate: 'certs/cert.pem', key: '../key.pem' }), { nil: undefined }),
        authority: fc.option(fc.constantFrom('certs/ca.pem', '/etc/ca.pem', '.ca/a.pem'), { nil: undefined, freq: 1 }),
        adminName: text,
        users: fc.uniqueArray(label, { maxLength: 3 }),
        userName: text,
        botName: text,
        botRooms: names.length === 0 ? fc.constant([]) : fc.subarray([...names]),
        chatKind,
        chatUrl: fc.option(fc.constant('https://chat.example.org'), { nil: undefined, freq: 3 }),
        licensed: fc.boolean(),
        gitlab: gitlab(names),
        runner: fc.option(runner(text), { nil: undefined }),
        members: fc.integer({ min: 1, max: 7 }),
        gitlabImage: fc.constantFrom('gitlab/gitlab-ce:19.3.0-ce.0', 'gitlab/gitlab-ce:18.2.0-ce.0'),
        tools: fc.constantFrom('chatops-up/tools:0.1.0', 'tools', `tools@sha256:${'0123456789abcdef'.repeat(4)}`),
      })
      .map((drawn): Config => {
        const overrides: ConfigOverrides = {
          name: drawn.name,
          domain: drawn.domain,
          ports: { http: drawn.http, https: drawn.https },
          admin: { name: drawn.adminName },
          chat: {
            rooms: names.map((name) => ({ name, kind: 'channel', members: [], readOnly: false })),
            users: drawn.users.map((username) => ({
              username,
              name: drawn.userName,
              email: `${username}@example.org`,
              roles: ['user'],
            })),
            bot: { username: 'hubot', name: drawn.botName, rooms: drawn.botRooms },
            settings: rocketchatSettings({ licensed: drawn.licensed }),
            ...drawn.chatKind,
            ...optional('url', drawn.chatUrl),
          },
          gitlab: drawn.gitlab,
          mongo: { members: drawn.members },
          images: { gitlab: drawn.gitlabImage, tools: drawn.tools },
          ...optional('tls', drawn.tls),
          ...optional('authority', drawn.authority),
        };
        const { runner } = drawn;
        return runner === undefined ? aConfigWithoutRunner(overrides) : aConfig({ ...overrides, runner });
      }),
  );

/** Texts as chatops.yaml may hold them. */
export const anyConfig = configs(harmlessText);
/** Texts that no schema has looked at. */
export const hostileConfig = configs(hostileText);

/** The same value with the keys of every object in another order. */
export const shuffledKeys = <T>(value: T): T => {
  if (Array.isArray(value)) return value.map(shuffledKeys) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).reverse();
  return Object.fromEntries(entries.map(([key, inner]) => [key, shuffledKeys(inner)])) as T;
};
