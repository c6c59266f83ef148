import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  type ClientKey,
  clientKey,
  clientsOf,
  type Ports,
  provide,
  withClients,
} from '../../../src/contracts/ports.ts';
import { createRunnerConfig } from '../../../src/parts/gitlab-runner/client/runner-config.ts';
import { RUNNER_CONFIG } from '../../../src/parts/gitlab-runner/runner-config.ts';
import { createPorts } from '../../../src/wiring/create-ports.ts';
import { portsInside } from '../../../src/wiring/ports-inside.ts';

const PARTS = new URL('../../../src/parts/', import.meta.url);

/** Every key that a part exports. */
const keys = async (): Promise<readonly ClientKey<unknown>[]> => {
  const files = readdirSync(PARTS, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => /= clientKey</.test(readFileSync(new URL(file, PARTS), 'utf8')));
  const modules = await Promise.all(
    files.map(async (file) => (await import(new URL(file, PARTS).href)) as Record<string, unknown>),
  );
  return modules.flatMap((module) => Object.values(module).filter(isKey));
};

const isKey = (value: unknown): value is ClientKey<unknown> =>
  typeof value === 'object' && value !== null && Object.keys(value).join() === 'name';

const unused = {} as never;

describe('every client that a part exports a key of', () => {
  it('is there on the machine of the program', async () => {
    const ports = createPorts({
      addresses: unused,
      secrets: unused,
      proofs: unused,
      hookPlaces: unused,
      parts: [],
      kept: [provide(RUNNER_CONFIG, createRunnerConfig(unused, { folder: 'x', template: 'x' }))],
      warn: () => undefined,
    });
    const found = await keys();
    expect(found.map(({ name }) => name).sort()).toEqual([
      'gitlab',
      'mattermost',
      'mongo',
      'postgres',
      'rocketchat',
      'runner config',
    ]);
    for (const key of found) expect(ports.client(key)).toBeDefined();
  });

  it('is there inside the network', async () => {
    const ports = await portsInside({ env: {}, names: 'network', warn: () => undefined });
    for (const key of await keys()) expect(ports.client(key)).toBeDefined();
  });
});

describe('clients by key', () => {
  const CLOCK = clientKey<{ readonly tick: () => string }>('clock');
  const ports = { client: clientsOf([provide(CLOCK, { tick: () => 'first' })]) } as Ports;

  it('are those that were provided last', () => {
    const instead = withClients(ports, provide(CLOCK, { tick: () => 'second' }));
    expect([ports, instead].map(({ client }) => client(CLOCK).tick())).toEqual(['first', 'second']);
  });

  it('come from the ports before where they were not replaced', () => {
    const OTHER = clientKey<number>('other');
    expect(withClients(ports, provide(OTHER, 1)).client(CLOCK).tick()).toBe('first');
  });

  it('are told apart by the key, not by its name', () => {
    expect(() => ports.client(clientKey('clock'))).toThrow(
      expect.objectContaining({ code: 'INTERNAL', what: 'nobody has provided the client clock' }),
    );
  });
});
