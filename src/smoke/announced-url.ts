import type { Webhook } from '../parts/rocketchat/rocketchat.ts';
import type { HttpTarget, Stack } from '../stack/stack.ts';
import { webhookRef } from '../stack/targets.ts';
import { Secret } from '../values/secret.ts';

/** As GitLab sees the chat: by its name inside the network, or at the public address from an existing GitLab. */
const chatBase = (target: HttpTarget): string =>
  target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;

/** Where a hook of GitLab sends to, for one room. */
export const announcedUrl = ({ config }: Stack, { id, token }: Webhook, room: string): Secret =>
  new Secret(
    `${chatBase(webhookRef(config).target)}/hooks/${id}/${token.reveal()}?channel=${encodeURIComponent(room)}`,
  );
