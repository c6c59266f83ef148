import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { once, SERVER, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createWebhookProbe, type WebhookProbeSpec } from './webhook.ts';

const words = wordsOf<WebhookProbeSpec>();

export const webhookKind: SingleKind<WebhookProbeSpec> = {
  what: 'webhook',
  about: 'the incoming webhook of this name is enabled, its script has compiled, and its address answers',
  example: {
    what: 'webhook',
    target: { kind: 'service', endpoint: { service: 'rocketchat', port: 3000 } },
    admin: { username: 'chief', password: 'CHATOPS_ADMIN_PASSWORD' },
    name: 'chatops-up:chatops gitlab',
  },
  words: {
    target: words.target('target', SERVER),
    options: [...words.account('admin'), words.option('name', 'name', once(text('NAME')))],
  },
  create: createWebhookProbe,
};
