import { describe, expect, it } from 'vitest';
import { clientsOf, provide } from '../../../src/contracts/ports.ts';
import type { SpokenChat } from '../../../src/contracts/spoken-chat.ts';
import { GITLAB, type GitLabAccess } from '../../../src/parts/gitlab/gitlab.ts';
import { ROCKETCHAT } from '../../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../../src/values/secret.ts';
import { PARTS } from '../../../src/wiring/parts.ts';
import { SPOKEN, withContracts } from '../../../src/wiring/with-contracts.ts';
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

const NOWHERE = { kind: 'url', url: 'http://chat.example' } as const;
const WEBHOOK = { target: NOWHERE, admin: ADMIN, name: 'ours', madeBy: 'acme-setup', secret: 'HOOK_SECRET' } as const;
const signal = new AbortController().signal;

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

describe('a chat', () => {
  /** As a part of somebody else brings it. */
  const acme: SpokenChat = {
    name: 'acme',
    chat: () => (target) => ({ webSocketPath: `/of/${target.kind}`, login: async () => expect.unreachable() }),
    receiver: async ({ name }) => ({
      address: async () => undefined,
      forgetSecrets: async () => expect.unreachable(name),
      retire: async () => undefined,
    }),
  };

  it('is Rocket.Chat where nothing is said, and each of ours by its name', () => {
    const { chat } = portsWith('first').ports;
    const paths = [undefined, 'rocketchat', 'mattermost'].map((speaks) => chat(NOWHERE, speaks).webSocketPath);
    expect(paths).toEqual(['/websocket', '/websocket', '/api/v4/websocket']);
  });

  it('of a kind that nobody speaks is refused, with those that there are and what to do', () => {
    const refusal = { code: 'USAGE', what: expect.stringContaining('acme'), why: 'there are rocketchat, mattermost' };
    const { ports } = portsWith('first');
    for (const ask of [() => ports.chat(NOWHERE, 'acme'), () => ports.receiver({ ...WEBHOOK, speaks: 'acme' })]) {
      expect(ask).toThrow(expect.objectContaining({ ...refusal, next: expect.stringContaining('`parts:`') }));
    }
  });

  it('of a part of somebody else is spoken to by that part, its webhook too', async () => {
    const ports = withContracts(portsWith('first').ports, [{ spoken: acme }]);
    expect(ports.chat(NOWHERE, 'acme').webSocketPath).toBe('/of/url');
    expect(await ports.receiver({ ...WEBHOOK, speaks: 'acme' }).address(signal)).toBeUndefined();
  });

  it('that takes no deliveries by itself has no webhook', () => {
    const { receiver } = portsWith('first').ports;
    const refusal = { code: 'USAGE', why: expect.stringContaining('brings no `receiver`') };
    expect(() => receiver({ ...WEBHOOK, speaks: 'mattermost' })).toThrow(expect.objectContaining(refusal));
  });

  it('of each part of ours is in the table that probes load', () => {
    expect(PARTS.flatMap(({ spoken }) => spoken ?? [])).toEqual(SPOKEN);
  });
});
