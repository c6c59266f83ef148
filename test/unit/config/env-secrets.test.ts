import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { parseEnv } from '../../../src/config/env-file.ts';
import { completeEnv, missingSecrets } from '../../../src/config/env-secrets.ts';
import { checkSecret } from '../../../src/config/secret-rules.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { aConfig, aConfigWithExternalGitLab } from '../../builders/config.ts';
import { secretsOf } from '../../builders/stack.ts';

const OURS = secretsOf(aConfig());
const GIVEN = secretsOf(aConfigWithExternalGitLab());

const refusal = (text: string, specs = OURS): ChatopsError => {
  try {
    completeEnv(specs, text, randomBytes);
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return thrown;
    throw thrown;
  }
  throw new Error('the file was accepted');
};

describe('completing .env', () => {
  it('makes every secret of a new stack, each obeying its rules', () => {
    const { text, generated, values } = completeEnv(OURS, '', randomBytes);
    expect(generated).toEqual(OURS.map(({ name }) => name));
    const written = new Map(parseEnv(text).entries.map(({ name, value }) => [name, value]));
    for (const spec of OURS) {
      expect(checkSecret(spec, written.get(spec.name) ?? '')).toBeUndefined();
      expect(values.get(spec.name)?.reveal()).toBe(written.get(spec.name));
    }
    expect(new Set(written.values()).size).toBe(OURS.length);
  });

  it('changes nothing the second time', () => {
    const first = completeEnv(OURS, '', randomBytes);
    const second = completeEnv(OURS, first.text, randomBytes);
    expect([second.text, second.generated]).toEqual([first.text, []]);
  });

  it('keeps what a user set, and fills what is empty', () => {
    const before = 'CHATOPS_BOT_PASSWORD=my-Own.Password-1\nGITLAB_ROOT_PASSWORD=\n';
    const { text, generated, values } = completeEnv(OURS, before, randomBytes);
    expect(values.get('CHATOPS_BOT_PASSWORD')?.reveal()).toBe('my-Own.Password-1');
    expect(generated).not.toContain('CHATOPS_BOT_PASSWORD');
    expect(generated).toContain('GITLAB_ROOT_PASSWORD');
    expect(text).toMatch(/^CHATOPS_BOT_PASSWORD=my-Own\.Password-1\nGITLAB_ROOT_PASSWORD=.{24}\n/);
  });

  it('prints no secret by accident', () => {
    const { values } = completeEnv(OURS, '', randomBytes);
    expect(`${JSON.stringify([...values])}${[...values.values()].join('')}`).not.toMatch(/glpat-/);
  });

  it('passes on that a name stands twice', () => {
    const text = 'CHATOPS_BOT_PASSWORD=my-Own.Password-1\nCHATOPS_BOT_PASSWORD=my-Own.Password-2\n';
    const { warnings, values } = completeEnv(OURS, text, randomBytes);
    expect(warnings).toEqual(['.env:1 CHATOPS_BOT_PASSWORD stands again in line 2, which counts']);
    expect(values.get('CHATOPS_BOT_PASSWORD')?.reveal()).toBe('my-Own.Password-2');
  });

  it.each(['', 'CHATOPS_GITLAB_TOKEN=\n', 'CHATOPS_GITLAB_TOKEN= # to do\n'])(
    'wants a user to give the token of an existing GitLab: %j',
    (text) => {
      const error = refusal(text, GIVEN);
      expect(error.code).toBe('SECRET_MISSING');
      expect(error.what).toBe('CHATOPS_GITLAB_TOKEN has no value in .env');
      expect(error.next).toContain('write CHATOPS_GITLAB_TOKEN=… into .env');
    },
  );

  it('takes the token of an existing GitLab as it is', () => {
    const { values } = completeEnv(GIVEN, "CHATOPS_GITLAB_TOKEN='acme$long'\n", randomBytes);
    expect(values.get('CHATOPS_GITLAB_TOKEN')?.reveal()).toBe('acme$long');
  });

  it('refuses every value that its reader would refuse, by name and line, never by value', () => {
    const error = refusal('# mine\nGITLAB_ROOT_PASSWORD=MyRootPass1!\nCHATOPS_ADMIN_PASSWORD=hunter2\n');
    expect(error.code).toBe('SECRET_REFUSED');
    expect(error.what).toBe('CHATOPS_ADMIN_PASSWORD, GITLAB_ROOT_PASSWORD in .env would be refused');
    expect(error.why).toMatch(/\.env:3 CHATOPS_ADMIN_PASSWORD is shorter.*\n\.env:2 GITLAB_ROOT_PASSWORD holds a word/);
    expect(`${error.message}${error.next}`).not.toMatch(/hunter2|MyRootPass/);
  });

  it('refuses a value Compose would expand, as the containers would be given another one', () => {
    const error = refusal('CHATOPS_ADMIN_PASSWORD=Abcdefghij1.$x\n');
    expect([error.code, error.next]).toEqual(['ENV_FILE_DAMAGED', 'put the value in single quotes']);
    expect(error.what).toContain('.env:1');
  });

  it('does not mind what is done to variables that are not ours', () => {
    expect(completeEnv(OURS, 'MY_OWN=${HOME}/x\n', randomBytes).text).toMatch(/^MY_OWN=\$\{HOME\}\/x\n/);
  });

  it('reports which secrets are missing', () => {
    const file = parseEnv('CHATOPS_BOT_PASSWORD=x\nGITLAB_ROOT_PASSWORD=\n');
    expect(missingSecrets(OURS, file).map(({ name }) => name)).toEqual([
      'CHATOPS_MONGO_KEY',
      'CHATOPS_MONGO_PASSWORD',
      'CHATOPS_MONGO_PROBE_PASSWORD',
      'CHATOPS_ADMIN_PASSWORD',
      'GITLAB_ROOT_PASSWORD',
      'CHATOPS_GITLAB_TOKEN',
      'CHATOPS_GITLAB_READ_TOKEN',
      'CHATOPS_HOOK_SECRET',
    ]);
  });
});
