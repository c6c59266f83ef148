import { describe, expect, it } from 'vitest';
import { type ContainerProxies, fittedStack } from '../../../../src/engines/docker/fitted-stack.ts';
import { servicesOf } from '../../../../src/stack/services-of.ts';
import { aStack } from '../../../builders/stack.ts';

const fitted = (kernel: string, proxies?: ContainerProxies) =>
  new Map(
    servicesOf(fittedStack(aStack(), { called: 'Docker 29.0.0', api: '1.52', kernel }, proxies)).map(
      ({ name, container }) => [name, container.environment],
    ),
  );

describe('a stack that is fitted to its engine', () => {
  it('is the very same where nothing is special, so that it need not be rendered again', () => {
    const engine = { called: 'Docker 26.1.5', api: '1.45', kernel: '6.1.0-28-amd64' };
    const stack = aStack();
    expect(fittedStack(stack, engine, undefined)).toBe(stack);
  });

  it('starts MongoDB with the remedy where the kernel breaks it, and nothing else', () => {
    const environments = fitted('6.19.3');
    expect(environments.get('mongo')).toMatchObject({ GLIBC_TUNABLES: 'glibc.pthread.rseq=1' });
    expect(environments.get('rocketchat')).not.toHaveProperty('GLIBC_TUNABLES');
  });

  it('has the front door ask for names at the server of its networks where Docker does not answer them', () => {
    const engine = { called: 'Podman 4.3.1', api: '1.41', kernel: '', namesAtGateways: true } as const;
    const commands = servicesOf(fittedStack(aStack(), engine, undefined)).map(
      ({ name, container: { command } }) => [name, command?.join(' ')] as const,
    );
    const before = servicesOf(aStack()).map(({ name, container: { command } }) => [name, command?.join(' ')] as const);
    expect(new Map(commands).get('nginx')).toContain('/etc/resolv.conf');
    expect(commands.filter(([name]) => name !== 'nginx')).toEqual(before.filter(([name]) => name !== 'nginx'));
  });

  it('keeps containers from asking a proxy for each other, and keeps what the user wrote', () => {
    const proxies = { without: '.corp.example, 10.0.0.0/8', given: {} };
    const { NO_PROXY, no_proxy } = (fitted('6.1.0', proxies).get('gitlab') ?? {}) as {
      NO_PROXY?: string;
      no_proxy?: string;
    };
    expect(no_proxy).toBe(NO_PROXY);
    const hosts = NO_PROXY?.split(',') ?? [];
    expect(hosts.slice(0, 2)).toEqual(['.corp.example', '10.0.0.0/8']);
    expect(hosts).toEqual(expect.arrayContaining(['localhost', 'gitlab', 'rocketchat', 'mongo', 'nginx']));
  });
});
