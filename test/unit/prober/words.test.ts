import { describe, expect, it } from 'vitest';
import type { SingleKind } from '../../../src/contracts/probe-kind.ts';
import { endpointsOf, probeKinds, secretsOf } from '../../../src/contracts/probe-kinds.ts';
import { FLAG, once, parseDuration, SECRET, SERVER, wordsOf } from '../../../src/contracts/probe-words.ts';
import { parseProbe } from '../../../src/prober/read-words.ts';
import { probeHelp } from '../../../src/prober/words-help.ts';
import { probeArguments } from '../../../src/prober/write-words.ts';
import type { HttpTarget, ProbeSpec } from '../../../src/stack/stack.ts';
import { askedByHealthcheck } from '../../../src/wiring/asked-by-healthcheck.ts';
import { defaultConfig } from '../../../src/wiring/own-house.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { stackOf } from '../../builders/stack.ts';

const account = { username: '--user', password: 'CHATOPS_BOT_PASSWORD' };
const target: HttpTarget = { kind: 'url', url: 'http://rocketchat:3000' };
const endpoint = { service: 'mongo', port: 27017 };

/** The words that stand in HEALTHCHECKs of stacks that run: another version of ours must understand them. */
const WORDS: readonly (readonly [string, ProbeSpec])[] = [
  ['tcp mongo:27017', { what: 'tcp', endpoint }],
  [
    'http http://rocketchat:3000/api/info?x=1 --status=204',
    { what: 'http', target, path: '/api/info?x=1', status: 204 },
  ],
  [
    'http http://gitlab:80/-/liveness --status=200',
    { what: 'http', target: { kind: 'url', url: 'http://gitlab:80' }, path: '/-/liveness', status: 200 },
  ],
  ['http http://rocketchat:3000/ --status=200', { what: 'http', target, path: '/', status: 200 }],
  ['mongo mongo:27017', { what: 'mongo', endpoint }],
  ['mongo-alive mongo:27017', { what: 'mongo-alive', endpoint }],
  ['mongo-ready mongo:27017', { what: 'mongo-ready', endpoint }],
  [
    'replica-set rs0 --member=mongo:27017 --member=mongo-1:27017',
    { what: 'replica-set', set: 'rs0', members: [endpoint, { service: 'mongo-1', port: 27017 }] },
  ],
  [
    'postgres mongo:27017 --database=-pages --user=--user --password-from=CHATOPS_BOT_PASSWORD',
    { what: 'postgres', endpoint, database: '-pages', account },
  ],
  ['postgres-alive mongo:27017', { what: 'postgres-alive', endpoint }],
  ['postgres-ready mongo:27017', { what: 'postgres-ready', endpoint }],
  ['rocketchat http://rocketchat:3000', { what: 'rocketchat', target }],
  ['rocketchat-alive http://rocketchat:3000', { what: 'rocketchat-alive', target }],
  ['rocketchat-ready http://rocketchat:3000', { what: 'rocketchat-ready', target }],
  ['gitlab-alive http://rocketchat:3000', { what: 'gitlab-alive', target }],
  ['gitlab-ready http://rocketchat:3000', { what: 'gitlab-ready', target }],
  [
    'rocketchat-login http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD',
    { what: 'rocketchat-login', target, account },
  ],
  [
    'rocketchat-room http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD --room=-ops --may=read',
    { what: 'rocketchat-room', target, account, room: '-ops', may: 'read' },
  ],
  ['mattermost http://rocketchat:3000', { what: 'mattermost', target }],
  ['mattermost-alive http://rocketchat:3000', { what: 'mattermost-alive', target }],
  ['mattermost-ready http://rocketchat:3000', { what: 'mattermost-ready', target }],
  [
    'mattermost-login http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD',
    { what: 'mattermost-login', target, account },
  ],
  [
    'mattermost-channel http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD --channel=-ops --may=see',
    { what: 'mattermost-channel', target, account, channel: '-ops', may: 'see' },
  ],
  [
    'mattermost-hook http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD --team=works --name=-a --channel=ops',
    { what: 'mattermost-hook', target, admin: account, team: 'works', name: '-a', channel: 'ops' },
  ],
  [
    'bot http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD --room=ops --chat=mattermost',
    { what: 'bot', target, account, rooms: ['ops'], speaks: 'mattermost' },
  ],
  [
    'bot http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD --room=ops --room=-ci',
    { what: 'bot', target, account, rooms: ['ops', '-ci'] },
  ],
  [
    'bot http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD',
    { what: 'bot', target, account, rooms: [] },
  ],
  [
    'gitlab http://rocketchat:3000 --token-from=CHATOPS_GITLAB_TOKEN --inside',
    { what: 'gitlab', target, token: 'CHATOPS_GITLAB_TOKEN', inside: true },
  ],
  [
    'gitlab http://rocketchat:3000 --token-from=CHATOPS_GITLAB_TOKEN',
    { what: 'gitlab', target, token: 'CHATOPS_GITLAB_TOKEN', inside: false },
  ],
  [
    "runner mongo:27017 --gitlab=http://rocketchat:3000 --token-from=CHATOPS_GITLAB_TOKEN --description=--help='x';$y",
    { what: 'runner', metrics: endpoint, gitlab: target, token: 'CHATOPS_GITLAB_TOKEN', description: "--help='x';$y" },
  ],
  [
    'nginx-vhost chat.example.org --door=mongo:27017 --signature=rocketchat --websocket',
    { what: 'nginx-vhost', door: endpoint, host: 'chat.example.org', signature: 'rocketchat', webSocket: true },
  ],
  [
    'webhook http://rocketchat:3000 --user=--user --password-from=CHATOPS_BOT_PASSWORD --name=chatops-up:demo',
    { what: 'webhook', target, admin: account, name: 'chatops-up:demo' },
  ],
  [
    'conversation http://chat.example.org --user=--user --password-from=CHATOPS_BOT_PASSWORD --room=ops',
    { what: 'conversation', publicUrl: 'http://chat.example.org', account, room: 'ops' },
  ],
  [
    'conversation http://chat.example.org --user=--user --password-from=CHATOPS_BOT_PASSWORD --room=ops --proof=second',
    { what: 'conversation', publicUrl: 'http://chat.example.org', account, room: 'ops', proof: 'second' },
  ],
];

/** Targets come back as URLs: inside a container a name and a port are one. */
const asUrls = (spec: ProbeSpec): unknown =>
  JSON.parse(JSON.stringify(spec), (_key, value: { kind?: string; endpoint?: { service: string; port: number } }) =>
    value?.kind === 'service' && value.endpoint
      ? { kind: 'url', url: `http://${value.endpoint.service}:${value.endpoint.port}` }
      : value,
  );

const parse = (...argv: readonly string[]) => parseProbe(argv, PROBE_KINDS);

describe('the words of chatops-probe', () => {
  it.each(WORDS)('%s', (words, spec) => {
    expect(probeArguments(PROBE_KINDS, spec)).toEqual(words.split(' '));
    expect(parse(...words.split(' '))?.request).toEqual({ kind: 'spec', spec });
  });

  it('are tested here for every kind that has words', () => {
    const kinds = [...PROBE_KINDS.values()].filter((kind) => !('parts' in kind)).map(({ what }) => what);
    expect(new Set(WORDS.map(([, { what }]) => what))).toEqual(new Set(kinds));
  });

  it('name a service of the stack by its address in the network', () => {
    const service: HttpTarget = { kind: 'service', endpoint: { service: 'gitlab', port: 80 } };
    expect(probeArguments(PROBE_KINDS, { what: 'rocketchat', target: service })).toEqual([
      'rocketchat',
      'http://gitlab:80',
    ]);
  });

  it('do not exist for a composite', () => {
    expect(probeArguments(PROBE_KINDS, { what: 'all-of', probes: [] })).toBeUndefined();
  });

  it('understand every HEALTHCHECK of the default stack', () => {
    const services = stackOf(defaultConfig()).nodes.filter((node) => node.kind === 'service');
    const understood = services.filter(({ usable }) => {
      const words = probeArguments(PROBE_KINDS, usable);
      if (words) expect(parse(...words)?.request).toEqual({ kind: 'spec', spec: asUrls(usable) });
      return words !== undefined;
    });
    expect(understood.length).toBeGreaterThan(4);
  });

  it('may have a value apart from its option, and options before the kind', () => {
    expect(parse('--json', '--timeout', '5s', 'http', '--status', '204', 'http://a/x')).toEqual({
      request: {
        kind: 'spec',
        spec: { what: 'http', target: { kind: 'url', url: 'http://a' }, path: '/x', status: 204 },
      },
      timeoutMs: 5_000,
      json: true,
    });
  });

  it('leave out what has a default', () => {
    expect(parse('http', 'http://a/x')?.request).toMatchObject({ spec: { status: 200 } });
    const room = ['rocketchat-room', 'http://a', '--user', 'u', '--password-from', 'P', '--room', 'r'];
    expect(parse(...room)?.request).toMatchObject({ spec: { may: 'post' } });
  });

  it('read one service from the table of probes', () => {
    expect(parse('all', 'nginx', '--table', '/x.json')?.request).toEqual({
      kind: 'table',
      service: 'nginx',
      question: 'usable',
      table: '/x.json',
    });
    expect(parse('all', 'nginx', '--question', 'alive')?.request).toMatchObject({ question: 'alive' });
    expect(() => parse('all', 'nginx', '--question', 'healthy')).toThrow('is none of alive, ready, usable');
  });

  it('ask for help', () => {
    expect(parse('tcp', '--help')).toBeUndefined();
  });

  it.each([
    [[], 'say what to ask'],
    [['tcp'], 'say where to ask'],
    [['tcp', 'mongo'], 'HOST:PORT'],
    [['tcp', 'mongo:99999'], 'HOST:PORT'],
    [['http', 'ftp://x'], 'http or https'],
    [['http', 'http://x', '--status', 'fine'], 'no HTTP status'],
    [['nonsense', 'x'], 'no probe "nonsense": there are tcp, http'],
    [['rocketcat', 'x'], 'did you mean rocketchat?'],
    [['all-of', 'x'], 'chatops-probe all SERVICE'],
    [['tcp', 'a:1', 'b:2'], 'one target'],
    [['tcp', 'a:1', '--loud'], 'tcp has no option --loud'],
    [['gitlab', 'http://a', '--tokenfrom', 'T'], 'did you mean --token-from?'],
    [['tcp', 'a:1', '--room', 'ops'], 'tcp has no option --room'],
    [['all', 'nginx', '--tabel', '/x.json'], 'did you mean --table?'],
    [['gitlab', 'http://a', '--token-from'], 'token-from'],
    [['rocketchat-login', 'http://a'], '--user'],
    [['rocketchat-login', 'http://a', '--user', 'a', '--user', 'b', '--password-from', 'P'], 'give one --user'],
    [
      ['rocketchat-room', 'http://a', '--user', 'u', '--password-from', 'P', '--room', 'r', '--may', 'sing'],
      'see, read, post',
    ],
    [['replica-set', 'rs0'], '--member'],
    [['tcp', 'a:1', '--timeout', 'soon'], 'no duration'],
  ] as const)('%j is refused: %s', (argv, why) => {
    expect(() => parse(...argv)).toThrow(expect.objectContaining({ code: 'USAGE', why: expect.stringContaining(why) }));
  });

  it('take durations in ms, s and m', () => {
    expect(['500ms', '3s', '2m', '4', '1.5s'].map(parseDuration)).toEqual([500, 3_000, 120_000, 4_000, 1_500]);
  });
});

describe('the question of a HEALTHCHECK', () => {
  const PROBE = '/opt/chatops/chatops-probe';
  const TABLE = JSON.stringify({
    services: { nginx: { alive: { what: 'all-of', probes: [] }, probe: { what: 'tcp', endpoint } } },
  });

  it('is read back from its words', () => {
    expect(askedByHealthcheck(['CMD', PROBE, 'mongo', 'mongo:27017', '--timeout=9s'], undefined, PROBE_KINDS)).toEqual({
      what: 'mongo',
      endpoint,
    });
  });

  it.each([
    ['none', []],
    ['another program', ['CMD', '/usr/bin/curl', 'http://x']],
    ['a shell', ['CMD-SHELL', `${PROBE} mongo mongo:27017`]],
    ['a service that the table does not have', ['CMD', PROBE, 'all', 'wiki', '--table=/etc/chatops/probes.json']],
    ['words we do not know', ['CMD', PROBE, 'mongo', 'mongo:27017', '--later']],
  ])('is unknown for %s', (_, healthcheck) => {
    expect(askedByHealthcheck(healthcheck, TABLE, PROBE_KINDS)).toBeUndefined();
  });

  const fromTable = ['CMD', PROBE, 'all', 'nginx', '--table=/etc/chatops/probes.json', '--timeout=9s'];

  it('is the one of its service in the table of the stack directory', () => {
    expect(askedByHealthcheck(fromTable, TABLE, PROBE_KINDS)).toEqual({ what: 'tcp', endpoint });
    expect(askedByHealthcheck([...fromTable, '--question=alive'], TABLE, PROBE_KINDS)).toEqual({
      what: 'all-of',
      probes: [],
    });
  });

  it.each([
    ['is not there', undefined],
    ['is none', '{"services": 1}'],
  ])('is unknown while that table %s', (_, table) => {
    expect(askedByHealthcheck(fromTable, table, PROBE_KINDS)).toBeUndefined();
  });
});

/** A kind that is not ours: everything about it must follow from its own description. */
type QueueSpec = {
  readonly what: 'queue';
  readonly broker: HttpTarget;
  readonly key: string;
  readonly backup: { readonly passphrase: string };
  readonly durable: boolean;
};
const words = wordsOf<QueueSpec>();
const queueKind: SingleKind<QueueSpec> = {
  what: 'queue',
  about: 'the queue takes messages',
  example: {
    what: 'queue',
    broker: { kind: 'service', endpoint: { service: 'broker', port: 5672 } },
    key: 'BROKER_KEY',
    backup: { passphrase: 'BACKUP_PASSPHRASE' },
    durable: true,
  },
  words: {
    target: words.target('broker', SERVER),
    options: [
      words.option('key-from', 'key', once(SECRET)),
      { ...words.option('passphrase-from', 'key', once(SECRET)), path: ['backup', 'passphrase'] },
      words.option('durable', 'durable', FLAG),
    ],
  },
  create: () => ({ id: 'queue', ask: async () => ({ kind: 'ready' }) }),
};

describe('a kind of somebody else', () => {
  const kinds = probeKinds([...PROBE_KINDS.values(), queueKind]);
  const { example } = queueKind;

  it('is written and read by its own words', () => {
    const argv = probeArguments(kinds, example) ?? [];
    expect(argv).toEqual([
      'queue',
      'http://broker:5672',
      '--key-from=BROKER_KEY',
      '--passphrase-from=BACKUP_PASSPHRASE',
      '--durable',
    ]);
    expect(parseProbe(argv, kinds)?.request).toEqual({ kind: 'spec', spec: asUrls(example) });
  });

  it('gets its secrets whatever their keys are called, as a part of another probe too', () => {
    expect(secretsOf(kinds, { what: 'all-of', probes: [example] })).toEqual(['BACKUP_PASSPHRASE', 'BROKER_KEY']);
  });

  it('is known to ask its addresses', () => {
    expect(endpointsOf(kinds, example)).toEqual([{ service: 'broker', port: 5672 }]);
  });

  it('is in the help', () => {
    expect(probeHelp(kinds)).toContain(
      '  queue URL --key-from VARIABLE --passphrase-from VARIABLE [--durable]\n      the queue takes messages\n',
    );
  });

  it('cannot take the name of another', () => {
    expect(() => probeKinds([...kinds.values(), { ...queueKind, what: 'tcp' as 'queue' }])).toThrow(
      expect.objectContaining({ code: 'INTERNAL' }),
    );
  });
});
