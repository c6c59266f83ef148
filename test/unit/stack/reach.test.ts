import { describe, expect, it } from 'vitest';
import { endpointsOf } from '../../../src/contracts/probe-kinds.ts';
import { isPublic } from '../../../src/stack/reach.ts';
import type { ProbeSpec, StackNode } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aStack, serviceNamed } from '../../builders/stack.ts';

const tls = { certificate: 'cert.pem', key: 'key.pem' };
const stack = aStack();
const account = { username: 'chief', password: 'PASSWORD' };
const url = { kind: 'url', url: 'https://chat.example.org' } as const;
const inNetwork = { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } } as const;

describe('what a probe asks', () => {
  it('is every address its specification names, those of its parts included', () => {
    const ready = serviceNamed(stack, 'gitlab-runner').usable;
    const parts: ProbeSpec = { what: 'all-of', probes: [ready, { what: 'rocketchat', target: inNetwork }] };
    expect(endpointsOf(PROBE_KINDS, parts).map(({ service, port }) => `${service}:${port}`)).toEqual([
      'gitlab-runner:9252',
      'gitlab:80',
      'rocketchat:3000',
    ]);
  });

  it.each<[string, ProbeSpec, readonly StackNode[], boolean]>([
    ['a login at a URL', { what: 'rocketchat-login', target: url, account }, stack.nodes, true],
    ['a login inside the network', { what: 'rocketchat-login', target: inNetwork, account }, stack.nodes, false],
    ['the virtual hosts', serviceNamed(stack, 'nginx').usable, stack.nodes, true],
    [
      'with TLS the virtual hosts at their port without it',
      serviceNamed(aStack({ tls }), 'nginx').usable,
      aStack({ tls }).nodes,
      false,
    ],
    ['mongod', serviceNamed(stack, 'mongo').usable, stack.nodes, false],
    ['a service the stack does not have', { what: 'tcp', endpoint: { service: 'x', port: 80 } }, stack.nodes, false],
  ])('%s: whether it is public', (_what, spec, nodes, expected) => {
    expect(isPublic(PROBE_KINDS, spec, nodes)).toBe(expected);
  });
});
