import { expect, it } from 'vitest';
import type { Files } from '../../../../src/contracts/files.ts';
import { createRunnerConfig } from '../../../../src/parts/gitlab-runner/client/runner-config.ts';

it('config.toml holds the token, so that it is its owner’s alone', async () => {
  const written: unknown[] = [];
  const files: Files = {
    read: async () => undefined,
    write: async (...asked) => void written.push(asked),
    remove: async () => expect.fail('nothing is removed'),
    readNamed: async () => expect.fail('nothing else is read'),
  };
  await createRunnerConfig(files, { folder: 'runner', template: 'config.template.toml' }).write('token = "glrt-x"');
  expect(written).toEqual([['runner/config.toml', 'token = "glrt-x"', 0o600]]);
});
