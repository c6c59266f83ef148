import { describe, expect, it } from 'vitest';
import { clientsOf, provide } from '../../../src/contracts/ports.ts';
import { GITLAB, type GitLabAccess } from '../../../src/parts/gitlab/gitlab.ts';
import { ROCKETCHAT } from '../../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../../src/values/secret.ts';
import { withContracts } from '../../../src/wiring/with-contracts.ts';
import { ADMIN, chatPorts } from '../../builders/rocketchat.ts';
import { createFakeGitLab } from '../../fakes/fake-gitlab.ts';
import { createFakeServer } from '../../fakes/rocketchat-server.ts';

const FORGE = {
  target: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
  title: 'GitLab',
  token: 'CHATOPS_GITLAB_TOKEN',
} as const;

/** Ports in which every secret is its own name and `of`. */
const portsWith = (of: string, accesses: GitLabAccess[] = []) => {
  const server = createFakeServer();
  const passwords: string[] = [];
  const gitlab = {
    connect: (access: GitLabAccess) => {
      accesses.push(access);
      return createFakeGitLab().connect(access);
    },
  };
  const login: typeof server.port.login = async (_base, { password }) => {
    passwords.push(password.reveal());
    throw new Error('only the password matters here');
  };
  const secretsOf = (word: string) => ({ read: (name: string) => new Secret(`${name} ${word}`) });
  const ports = chatPorts(
    { ...server.port, login },
    {
      client: clientsOf([provide(ROCKETCHAT, { ...server.port, login }), provide(GITLAB, gitlab)]),
      secrets: secretsOf(of),
    },
  );
  return { ports, passwords, secretsOf };
};

describe('what the graph refers to', () => {
  it('is a forge at its address, acted on with the token that it names', () => {
    const accesses: GitLabAccess[] = [];
    portsWith('first', accesses).ports.forge(FORGE, { patient: false });
    expect(accesses.map(({ url, token, patient }) => [url, token?.reveal(), patient])).toEqual([
      ['http://gitlab:80', 'CHATOPS_GITLAB_TOKEN first', false],
    ]);
  });

  it('acts with other secrets when it is made over others, as a job does that was handed its own', async () => {
    const accesses: GitLabAccess[] = [];
    const { ports, passwords, secretsOf } = portsWith('first', accesses);
    const handed = withContracts({ ...ports, secrets: secretsOf('handed') });
    handed.forge(FORGE);
    const receiver = handed.receiver({
      target: FORGE.target,
      admin: ADMIN,
      name: 'ours',
      madeBy: 'rocketchat-setup',
      secret: 'HOOK_SECRET',
    });
    await expect(receiver.address(new AbortController().signal)).rejects.toThrow('only the password matters here');
    expect([accesses[0]?.token?.reveal(), passwords]).toEqual([
      'CHATOPS_GITLAB_TOKEN handed',
      ['ADMIN_PASSWORD handed'],
    ]);
  });
});
