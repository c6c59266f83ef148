/** The visible table of contracts: what the graph refers to → which part implements it, over the clients of this run. */
import type { ChatOf } from '../contracts/chat.ts';
import type { Part } from '../contracts/part.ts';
import type { Ports } from '../contracts/ports.ts';
import type { ReceiverOf } from '../contracts/receiver.ts';
import type { Clients, SpokenChat } from '../contracts/spoken-chat.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { createForgeOf } from '../parts/gitlab/forge.ts';
import { mattermostSpoken } from '../parts/mattermost/spoken.ts';
import { createRelayReceiver } from '../parts/relay/receiver.ts';
import { rocketchatSpoken } from '../parts/rocketchat/spoken.ts';
import { late } from './late.ts';

/** Of our own parts. Named one by one: a HEALTHCHECK should not load what else the parts bring. */
export const SPOKEN: readonly SpokenChat[] = [rocketchatSpoken, mattermostSpoken];

/** Said nothing, or in files of an older version, it is this one. */
const BY_DEFAULT = rocketchatSpoken.name;

type FindSpoken = (name: string | undefined) => SpokenChat;

const spokenBy = (parts: readonly Pick<Part, 'spoken'>[]): FindSpoken => {
  const all = [...SPOKEN, ...parts.flatMap(({ spoken }) => spoken ?? [])];
  const table = new Map(all.map((spoken) => [spoken.name, spoken]));
  return (name = BY_DEFAULT) => {
    const spoken = table.get(name);
    if (spoken) return spoken;
    throw new ChatopsError('USAGE', {
      what: `nobody here speaks to a chat of the kind ${name}`,
      why: `there are ${[...table.keys()].join(', ')}`,
      next: 'name one of these, or the part that brings it under `parts:` in chatops.yaml, with `spoken`',
    });
  };
};

const chatOver =
  (find: FindSpoken, clients: Clients): ChatOf =>
  (target, speaks) =>
    find(speaks).chat(clients)(target);

const receiverOver =
  (find: FindSpoken, clients: Clients): ReceiverOf =>
  (ref, options = {}) => {
    if (ref.kind === 'relay') return createRelayReceiver(ref, options, clients);
    const { name, receiver } = find(ref.speaks);
    if (receiver) return late(() => receiver(ref, options, clients));
    throw new ChatopsError('USAGE', {
      what: `nobody knows the webhook ${ref.name} of a chat of the kind ${name}`,
      why: 'its part brings no `receiver`: it takes no deliveries by itself',
      next: 'leave `webhook` out of what it offers, or bring the receiver in `spoken`',
    });
  };

/** @param parts of the stack, ours or those of others: how their chats are spoken to. Default: our own */
export const withContracts = (clients: Clients, parts: readonly Pick<Part, 'spoken'>[] = []): Ports => {
  const find = spokenBy(parts);
  return {
    ...clients,
    chat: chatOver(find, clients),
    forge: createForgeOf(clients),
    receiver: receiverOver(find, clients),
  };
};
