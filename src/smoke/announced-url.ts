import type { Webhook } from '../parts/rocketchat/rocketchat.ts';
import type { HttpTarget } from '../stack/stack.ts';
import { Secret } from '../values/secret.ts';

/** As GitLab sees the chat: by its name inside the network, or at the public address from an existing GitLab. */
const chatBase = (target: HttpTarget): string =>
  target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;

/** Where a hook of GitLab sends to, for one room. @param chat as GitLab reaches it */
export const announcedUrl = (chat: HttpTarget, { id, token }: Webhook, room: string): Secret =>
  new Secret(`${chatBase(chat)}/hooks/${id}/${token.reveal()}?channel=${encodeURIComponent(room)}`);
