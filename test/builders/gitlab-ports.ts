/** Ports for the jobs around GitLab: a GitLab and a chat in memory, a config.toml in a variable. */

import type { ChatMessage } from '../../src/contracts/chat.ts';
import type { HookSource } from '../../src/contracts/hook-places.ts';
import { clientsOf, type Ports, provide } from '../../src/contracts/ports.ts';
import type { Proof } from '../../src/contracts/proofs.ts';
import type { Clients } from '../../src/contracts/spoken-chat.ts';
import { GITLAB } from '../../src/parts/gitlab/gitlab.ts';
import { RUNNER_CONFIG } from '../../src/parts/gitlab-runner/runner-config.ts';
import {
  ROCKETCHAT,
  type RocketChatPort,
  type RocketChatSession,
  type Webhook,
} from '../../src/parts/rocketchat/rocketchat.ts';
import { Secret } from '../../src/values/secret.ts';
import { withContracts } from '../../src/wiring/with-contracts.ts';
import { createFakeGitLab, type FakeGitLab } from '../fakes/fake-gitlab.ts';
import { createVirtualClock } from '../fakes/virtual-clock.ts';

export const TEMPLATE = `# generated
concurrent = 2
listen_address = "0.0.0.0:9252"

[[runners]]
name = "ops runner"
url = "http://gitlab"
executor = "docker"

[runners.docker]
image = "alpine:3.22"
`;

export interface World {
  readonly gitlab: FakeGitLab;
  readonly ports: Ports;
  readonly file: { text: string | undefined; template: string; writes: number };
  readonly proofs: Map<string, Proof>;
  readonly hookPlaces: HookSource[];
  readonly messages: ChatMessage[];
  readonly chat: { webhookId: string; webhookToken: string; hasWebhook: boolean; hasRoom: boolean };
  readonly secrets: Map<string, string>;
  /** Of the runner's process; undefined before its first start. */
  systemId: string | undefined;
}

/** The adapter's whole interface is large; a job that asks for more than it should fails. */
const unexpected = (name: string) =>
  new Proxy({}, { get: (_target, key) => () => Promise.reject(new Error(`${name}.${String(key)} was not expected`)) });

export const createWorld = (gitlab: FakeGitLab = createFakeGitLab()): World => {
  const file = { text: undefined as string | undefined, template: TEMPLATE, writes: 0 };
  const proofs = new Map<string, Proof>();
  const hookPlaces: HookSource[] = [];
  const messages: ChatMessage[] = [];
  const chat = { webhookId: 'int1', webhookToken: 'rc-token', hasWebhook: true, hasRoom: true };
  const secrets = new Map([
    ['CHATOPS_GITLAB_TOKEN', 'glpat-secret'],
    ['CHATOPS_HOOK_SECRET', 'hook-secret'],
    ['CHATOPS_ADMIN_PASSWORD', 'admin-password'],
    ['CHATOPS_BOT_PASSWORD', 'bot-password'],
  ]);
  const session = {
    webhooks: async () =>
      chat.hasWebhook
        ? [{ id: chat.webhookId, token: new Secret(chat.webhookToken), name: 'chatops-up:ops gitlab' } as Webhook]
        : [],
    room: async (name: string) => (chat.hasRoom ? { id: `room-${name}`, name, kind: 'channel' } : undefined),
    latestMessages: async (_room: unknown, count: number) => messages.toReversed().slice(0, count),
    message: async (id: string) => messages.find((each) => each.id === id),
  } as unknown as RocketChatSession;
  const ports = withContracts({
    addresses: { resolve: ({ service, port }: { service: string; port: number }) => ({ host: service, port }) },
    clock: createVirtualClock(),
    secrets: { read: (name: string) => new Secret(secrets.get(name) ?? '') },
    http: unexpected('http'),
    proofs: {
      read: async (name: string) => proofs.get(name),
      write: async (name: string, proof: Proof) => void proofs.set(name, proof),
    },
    hookPlaces: {
      read: async () => [...hookPlaces],
      add: async (source: HookSource) => void hookPlaces.push(source),
    },
    randomWord: () => 'word',
    client: clientsOf(
      [
        provide(ROCKETCHAT, { login: async () => session } as unknown as RocketChatPort),
        provide(GITLAB, gitlab),
        provide(RUNNER_CONFIG, {
          read: async () => file.text,
          write: async (text) => {
            file.text = text;
            file.writes += 1;
          },
          template: async () => file.template,
          systemId: async () => world.systemId,
        }),
      ],
      ({ name }) => unexpected(name) as never,
    ),
  } as unknown as Clients);
  const world: World = { gitlab, ports, file, proofs, hookPlaces, messages, chat, secrets, systemId: undefined };
  return world;
};
