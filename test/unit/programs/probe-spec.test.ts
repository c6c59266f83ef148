import { describe, expect, it } from 'vitest';
import { defaultConfig } from '../../../src/config/defaults.ts';
import { parseDuration, parseProbe } from '../../../src/programs/probe-spec.ts';
import { probeArguments } from '../../../src/render/probe-arguments.ts';
import type { HttpTarget, ProbeSpec } from '../../../src/stack/stack.ts';
import { askedByHealthcheck } from '../../../src/wiring/asked-by-healthcheck.ts';
import { stackOf } from '../../builders/stack.ts';

const account = { username: 'hubot', password: 'CHATOPS_BOT_PASSWORD' };
const target: HttpTarget = { kind: 'url', url: 'http://rocketchat:3000' };
const endpoint = { service: 'mongo', port: 27017 };

const SPECS: readonly ProbeSpec[] = [
  { what: 'tcp', endpoint },
  { what: 'http', target, path: '/api/info?x=1', status: 204 },
  { what: 'mongo', endpoint },
  { what: 'replica-set', set: 'rs0', members: [endpoint, { service: 'mongo-1', port: 27017 }] },
  { what: 'rocketchat', target },
  { what: 'rocketchat-login', target, account },
  { what: 'rocketchat-room', target, account, room: '-ops', may: 'read' },
  { what: 'bot', target, account, rooms: ['ops', 'ci'] },
  { what: 'gitlab', target, token: 'CHATOPS_GITLAB_TOKEN', inside: true },
  { what: 'gitlab', target, token: 'CHATOPS_GITLAB_TOKEN', inside: false },
  { what: 'runner', metrics: endpoint, gitlab: target, token: 'CHATOPS_GITLAB_TOKEN', description: 'demo runner' },
  { what: 'nginx-vhost', door: endpoint, host: 'chat.example.org', signature: 'rocketchat', webSocket: true },
  { what: 'webhook', target, admin: account, name: 'chatops-up:demo gitlab' },
  { what: 'conversation', publicUrl: 'http://chat.example.org', account, room: 'ops' },
];

/** Targets come back as URLs: inside a container a name and a port are one. */
const asUrls = (spec: ProbeSpec): unknown =>
  JSON.parse(JSON.stringify(spec), (_key, value: { kind?: string; endpoint?: { service: string; port: number } }) =>
    value?.kind === 'service' && value.endpoint
      ? { kind: 'url', url: `http://${value.endpoint.service}:${value.endpoint.port}` }
      : value,
  );

describe('the words of chatops-probe', () => {
  it.each(SPECS.map((spec) => [spec.what, spec] as const))(
    '%s: what a HEALTHCHECK says is what is asked',
    (_what, spec) => {
      expect(parseProbe(probeArguments(spec) ?? [])?.request).toEqual({ kind: 'spec', spec });
    },
  );

  it('understand every HEALTHCHECK of the default stack', () => {
    const services = stackOf(defaultConfig()).nodes.filter((node) => node.kind === 'service');
    for (const { ready } of services) {
      const words = probeArguments(ready);
      if (words) expect(parseProbe(words)?.request).toEqual({ kind: 'spec', spec: asUrls(ready) });
    }
    expect(services.length).toBeGreaterThan(4);
  });

  it('read one service from the table of probes', () => {
    expect(parseProbe(['all', 'nginx', '--table', '/x.json'])?.request).toEqual({
      kind: 'table',
      service: 'nginx',
      table: '/x.json',
    });
  });

  it.each([
    [[], 'say what to ask'],
    [['tcp'], 'say where to ask'],
    [['tcp', 'mongo'], 'HOST:PORT'],
    [['tcp', 'mongo:99999'], 'HOST:PORT'],
    [['http', 'ftp://x'], 'http or https'],
    [['nonsense', 'x'], 'no probe "nonsense"'],
    [['tcp', 'a:1', 'b:2'], 'one target'],
    [['tcp', 'a:1', '--loud'], 'loud'],
    [['rocketchat-login', 'http://a'], '--user'],
    [
      ['rocketchat-room', 'http://a', '--user', 'u', '--password-from', 'P', '--room', 'r', '--may', 'sing'],
      'see, read, post',
    ],
    [['replica-set', 'rs0'], '--member'],
    [['tcp', 'a:1', '--timeout', 'soon'], 'no duration'],
  ] as const)('%j is refused: %s', (argv, why) => {
    expect(() => parseProbe(argv)).toThrow(
      expect.objectContaining({ code: 'USAGE', why: expect.stringContaining(why) }),
    );
  });

  it('take durations in ms, s and m', () => {
    expect(['500ms', '3s', '2m', '4', '1.5s'].map(parseDuration)).toEqual([500, 3_000, 120_000, 4_000, 1_500]);
  });
});

describe('the question of a HEALTHCHECK', () => {
  const PROBE = '/opt/chatops/chatops-probe';

  it('is read back from its words', () => {
    expect(askedByHealthcheck(['CMD', PROBE, 'mongo', 'mongo:27017', '--timeout=9s'])).toEqual({
      what: 'mongo',
      endpoint,
    });
  });

  it.each([
    ['none', []],
    ['another program', ['CMD', '/usr/bin/curl', 'http://x']],
    ['a shell', ['CMD-SHELL', `${PROBE} mongo mongo:27017`]],
    ['a table of another container', ['CMD', PROBE, 'all', 'nginx', '--table=/etc/chatops/probes.json']],
    ['words we do not know', ['CMD', PROBE, 'mongo', 'mongo:27017', '--later']],
  ])('is unknown for %s', (_, healthcheck) => {
    expect(askedByHealthcheck(healthcheck)).toBeUndefined();
  });
});
