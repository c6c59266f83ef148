import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { describeDirectory } from '../../../src/wiring/describe-directory.ts';
import type { Invocation } from '../../../src/wiring/invocation.ts';
import { isHalfAnswered, newConfig, restOfConfig } from '../../../src/wiring/new-config.ts';
import type { Prompt } from '../../../src/wiring/question.ts';
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

const folder = (): string => mkdtempSync(join(tmpdir(), 'chatops-questions-'));

const configOf = (text: string) => ownConfigOf(text);

describe('a first chatops.yaml', () => {
  it('has the defaults where nobody can be asked', async () => {
    expect(configOf(await newConfig(invocation({})))).toMatchObject({ name: 'chatops', ports: { http: 8080 } });
  });

  it('has the answers of who was asked, and then the edits of the command line', async () => {
    const dir = folder();
    const asked: string[] = [];
    const ask = async ({ message, default: byDefault }: Prompt) => {
      asked.push(message);
      return message === 'Name of the stack' ? 'works' : byDefault;
    };
    const call = invocation({ dir, ask, set: ['ports.http=8082'] });
    const { text } = await describeDirectory(await newConfig(call), call);
    expect(configOf(text)).toMatchObject({ name: 'works', ports: { http: 8082 } });
    expect(asked).toContain("Port of the bundled GitLab's SSH");
    expect(asked).not.toContain('Port of the front door');
  });

  it('proposes what fits the edits of the command line, and asks what they make worth asking', async () => {
    const proposed = new Map<string, string>();
    const ask = async ({ message, default: byDefault }: Prompt) => {
      proposed.set(message, byDefault);
      return byDefault;
    };
    const call = invocation({ dir: folder(), ask, set: ['domain=ops.example.org'] });
    const { text } = await describeDirectory(await newConfig(call), call);
    expect(proposed.get('Their e-mail address')).toBe('chief@ops.example.org');
    expect([...proposed.keys()]).toContainEqual(expect.stringMatching(/^Address of this machine/));
    expect(configOf(text)).toMatchObject({ domain: 'ops.example.org', bind: '0.0.0.0' });
  });

  it('leaves edits that will be refused to the refusal', async () => {
    const ask = async ({ default: byDefault }: Prompt) => byDefault;
    for (const set of [['domain=192.0.2.7'], ['no.such=key']]) {
      const call = invocation({ dir: folder(), ask, set });
      const text = await newConfig(call);
      await expect(describeDirectory(text, call)).rejects.toBeInstanceOf(ChatopsError);
    }
  });

  it.each([
    ['ops.localhost', [], '127.0.0.1'],
    ['ops.example.org', ['192.0.2.7'], '192.0.2.7'],
  ])(
    'of %s asks for the address to be reached at where not only this machine is meant',
    async (domain, answers, bind) => {
      const given: string[] = [];
      const ask = async ({ message, default: byDefault }: Prompt) => {
        if (message.startsWith('Domain')) return domain;
        if (!message.startsWith('Address of this machine')) return byDefault;
        given.push('192.0.2.7');
        return '192.0.2.7';
      };
      expect(configOf(await newConfig(invocation({ dir: folder(), ask }))).bind).toBe(bind);
      expect(given).toEqual(answers);
    },
  );

  it('stands in the directory as it is answered, and an interruption loses no answer', async () => {
    const dir = folder();
    const asked: string[] = [];
    const until =
      (last: string) =>
      async ({ message, default: byDefault }: Prompt) => {
        asked.push(message);
        if (message.startsWith(last)) throw new ChatopsError('INTERRUPTED', { what: 'stopped at a question' });
        return message === 'Name of the stack' ? 'works' : byDefault;
      };
    const first = invocation({ dir, ask: until('Port of the front door') });
    await expect(newConfig(first)).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const kept = readFileSync(join(dir, 'chatops.yaml'), 'utf8');
    expect(configOf(kept).name).toBe('works');

    asked.length = 0;
    const second = invocation({ dir, ask: until('nobody') });
    expect(isHalfAnswered(second)).toBe(true);
    expect(configOf(await restOfConfig(kept, second)).name).toBe('works');
    expect(asked[0]).toBe('Port of the front door');
    expect(isHalfAnswered(second)).toBe(false);
  });

  it('offers a free port where the default is taken', async () => {
    const server = createServer().listen(0);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const dir = folder();
    writeFileSync(join(dir, 'chatops.yaml'), `ports: { http: ${port} }\n`);
    mkdirSync(join(dir, '.chatops'));
    writeFileSync(join(dir, '.chatops/open-questions.json'), '["ports.http"]');
    const offered: string[] = [];
    const ask = async (question: Prompt) => {
      offered.push(question.default, (await question.judge(String(port))) ?? 'good');
      return question.default;
    };
    await restOfConfig(`ports: { http: ${port} }\n`, invocation({ dir, ask }));
    server.close();
    expect(Number(offered[0])).toBeGreaterThan(port);
    expect(offered[1]).toMatch(new RegExp(`^port ${port} is taken by .*; ${offered[0]} is free$`));
  });
});
