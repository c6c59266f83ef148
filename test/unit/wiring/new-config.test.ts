import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import type { Invocation } from '../../../src/wiring/invocation.ts';
import { newConfig } from '../../../src/wiring/new-config.ts';

const invocation = (more: Partial<Invocation>): Invocation => ({
  dir: '/nowhere',
  json: false,
  yes: false,
  engine: 'auto',
  set: [],
  env: {},
  interactive: false,
  out: () => undefined,
  err: () => undefined,
  signal: new AbortController().signal,
  ...more,
});

const configOf = (text: string) => loadConfig(text, 'chatops.yaml').config;

describe('a first chatops.yaml', () => {
  it('has the defaults where nobody can be asked', async () => {
    expect(configOf(await newConfig(invocation({})))).toMatchObject({ name: 'chatops', ports: { http: 8080 } });
  });

  it('has the answers of who was asked, and then the edits of the command line', async () => {
    const askEdits = async () => ['name=works', 'ports.http=8081'];
    const text = await newConfig(invocation({ askEdits, set: ['ports.http=8082'] }));
    expect(configOf(text)).toMatchObject({ name: 'works', ports: { http: 8082 } });
  });
});
