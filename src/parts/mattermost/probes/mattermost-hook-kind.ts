import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { once, SERVER, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createMattermostHookProbe, type MattermostHookSpec } from './mattermost-hook.ts';

const words = wordsOf<MattermostHookSpec>();

export const mattermostHookKind: SingleKind<MattermostHookSpec> = {
  what: 'mattermost-hook',
  about: 'the incoming webhook of this name is there, and posts into the channel',
  example: {
    what: 'mattermost-hook',
    target: { kind: 'service', endpoint: { service: 'mattermost', port: 8065 } },
    admin: { username: 'chief', password: 'CHATOPS_ADMIN_PASSWORD' },
    team: 'chatops',
    name: 'backups',
    channel: 'ops',
  },
  words: {
    target: words.target('target', SERVER),
    options: [
      ...words.account('admin'),
      words.option('team', 'team', once(text('NAME'))),
      words.option('name', 'name', once(text('NAME'))),
      words.option('channel', 'channel', once(text('NAME'))),
    ],
  },
  create: createMattermostHookProbe,
};
