/** `chatops-up notifier test` as a user runs it who changed the wording. No server is there. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Ended, run } from '../helpers/cli.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/notifier/payloads/', import.meta.url));

const payloadOf = (name: string): unknown => JSON.parse(readFileSync(`${FIXTURES}${name}.json`, 'utf8')).payload;

describe('notifier test', () => {
  let stack: string;
  let folder: string;
  beforeEach(() => {
    stack = mkdtempSync(join(tmpdir(), 'chatops-notifier-test-'));
    folder = mkdtempSync(join(tmpdir(), 'chatops-deliveries-'));
    writeFileSync(join(stack, 'chatops.yaml'), 'name: demo\n');
    writeFileSync(join(folder, 'tag.json'), JSON.stringify(payloadOf('tag-moved')));
    const entry = { request_headers: { 'X-Gitlab-Event': 'Job Hook' }, request_data: payloadOf('job-failed') };
    writeFileSync(join(folder, 'log.json'), JSON.stringify([entry, entry]));
  });
  const replay = (...args: readonly string[]): Promise<Ended> =>
    run('chatops-up', ['notifier', 'test', '--dir', stack, ...args]);
  const test = (...args: readonly string[]): Promise<Ended> => replay(folder, ...args);

  it('accepts messages with --update, then finds them the same', async () => {
    expect((await test()).status).toBe(1);
    expect((await test('--update')).status).toBe(0);
    expect(readdirSync(join(folder, '__messages__'))).toEqual(['log-1.txt', 'log-2.txt', 'tag.txt']);
    const { status, stdout, stderr } = await test();
    expect([status, stdout, stderr]).toEqual([0, '3 of 3 messages are as they were accepted\n', '']);
  });

  it('shows what a changed wording does, and ends with 1', async () => {
    await test('--update');
    writeFileSync(
      join(stack, 'chatops.yaml'),
      'notifier: { wording: { tagMoved: "{ref} of {project} is elsewhere" } }\n',
    );
    const { status, stdout } = await test();
    expect(status).toBe(1);
    expect(stdout).toMatch(/^tag: differs\n {4}#ci {2}hubot\n {2}- .*moved the tag.*\n {2}\+ .* is elsewhere\n/);
    expect(stdout).toMatch(/2 of 3 messages are as they were accepted; accept the others with --update\n$/);
    const reported = JSON.parse((await test('--json')).stdout);
    expect(reported.messages.map(({ name, state }: { name: string; state: string }) => `${name} ${state}`)).toEqual([
      'log-1 same',
      'log-2 same',
      'tag differs',
    ]);
  });

  it('plays the events of simulate where no folder is named', async () => {
    expect((await replay('--update')).status).toBe(0);
    const { status, stdout } = await replay();
    expect(status).toBe(0);
    expect(stdout).toMatch(/^(\d+) of \1 messages are as they were accepted\n$/);
  });

  it('says what is wrong with a folder, and with a file in it', async () => {
    const empty = await replay(join(folder, 'nowhere'));
    expect([empty.status, empty.stderr]).toEqual([64, expect.stringContaining('holds no deliveries')]);
    copyFileSync(join(stack, 'chatops.yaml'), join(folder, 'bad.json'));
    const bad = await test();
    expect([bad.status, bad.stderr]).toEqual([64, expect.stringContaining('bad.json holds no delivery of GitLab')]);
  });
});
