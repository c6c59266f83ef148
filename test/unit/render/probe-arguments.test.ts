import { describe, expect, test } from 'vitest';
import { parseProbe } from '../../../src/programs/probe-spec.ts';
import { probeArguments } from '../../../src/render/probe-arguments.ts';
import type { HttpTarget, ProbeSpec } from '../../../src/stack/stack.ts';

const endpoint = { service: 'mongo', port: 27017 };
const target: HttpTarget = { kind: 'url', url: 'http://rocketchat:3000' };
const account = { username: '--user', password: 'CHATOPS_BOT_PASSWORD' };

const SPECS: readonly ProbeSpec[] = [
  { what: 'tcp', endpoint },
  { what: 'http', target, path: '/metrics', status: 204 },
  { what: 'mongo', endpoint },
  { what: 'replica-set', set: 'rs0', members: [endpoint, { service: 'mongo-1', port: 27017 }] },
  { what: 'rocketchat', target },
  { what: 'rocketchat-login', target, account },
  { what: 'rocketchat-room', target, account, room: 'ops', may: 'read' },
  { what: 'bot', target, account, rooms: ['ops', '-ci'] },
  { what: 'gitlab', target, token: 'CHATOPS_GITLAB_TOKEN', inside: true },
  { what: 'gitlab', target, token: 'CHATOPS_GITLAB_TOKEN', inside: false },
  {
    what: 'runner',
    metrics: { service: 'gitlab-runner', port: 9252 },
    gitlab: target,
    token: 'CHATOPS_GITLAB_TOKEN',
    description: "--help = 'x'; $y",
  },
  {
    what: 'nginx-vhost',
    door: { service: 'nginx', port: 8080 },
    host: 'chat.chatops.localhost',
    signature: 'rocketchat',
    webSocket: true,
  },
  { what: 'webhook', target, admin: account, name: 'chatops-up:chatops gitlab' },
  { what: 'conversation', publicUrl: 'http://chat.chatops.localhost:8080', account, room: 'ops' },
  { what: 'conversation', publicUrl: 'http://chat.chatops.localhost:8080', account, room: 'ops', proof: 'second' },
];

describe('the words of a HEALTHCHECK', () => {
  test.each(SPECS)('$what are understood by chatops-probe as they were meant', (spec) => {
    expect(parseProbe(probeArguments(spec) ?? [])?.request).toEqual({ kind: 'spec', spec });
  });

  test('name a service of the stack by its address in the network', () => {
    const service: HttpTarget = { kind: 'service', endpoint: { service: 'gitlab', port: 80 } };
    expect(probeArguments({ what: 'rocketchat', target: service })).toEqual(['rocketchat', 'http://gitlab:80']);
  });

  test('do not exist for a composite', () => {
    expect(probeArguments({ what: 'all-of', probes: [] })).toBeUndefined();
  });
});
