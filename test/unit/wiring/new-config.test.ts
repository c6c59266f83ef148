import { describe, expect, it } from 'vitest';
import { describeDirectory } from '../../../src/wiring/describe-directory.ts';
import type { Invocation } from '../../../src/wiring/invocation.ts';
import { newConfig } from '../../../src/wiring/new-config.ts';
import { known, nowhere } from '../../builders/outlet.ts';
import { ownConfigOf } from '../../helpers/own-config.ts';

const invocation = (more: Partial<Invocation>): Invocation => ({
  dir: '/nowhere',
  json: false,
  yes: false,
  engine: 'auto',
  set: [],
  env: {},
  interactive: false,
  out: nowhere,
  err: nowhere,
  known: known(),
  signal: new AbortController().signal,
  ...more,
});

const configOf = (text: string) => ownConfigOf(text);

describe('a first chatops.yaml', () => {
  it('has the defaults where nobody can be asked', async () => {
    expect(configOf(await newConfig(invocation({})))).toMatchObject({ name: 'chatops', ports: { http: 8080 } });
  });

  it('has the answers of who was asked, and then the edits of the command line', async () => {
    const askEdits = async () => ['name=works', 'ports.http=8081'];
    const call = invocation({ askEdits, set: ['ports.http=8082'] });
    const { text } = await describeDirectory(await newConfig(call), call);
    expect(configOf(text)).toMatchObject({ name: 'works', ports: { http: 8082 } });
  });
});
