import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { byDefault, once, oneOf, SERVER, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createMattermostChannelProbe, type MattermostChannelSpec } from './mattermost-channel.ts';

const words = wordsOf<MattermostChannelSpec>();

export const mattermostChannelKind: SingleKind<MattermostChannelSpec> = {
  what: 'mattermost-channel',
  about: 'the account may see, read or post in the channel of Mattermost',
  example: {
    what: 'mattermost-channel',
    target: { kind: 'service', endpoint: { service: 'mattermost', port: 8065 } },
    account: { username: 'hubot', password: 'CHATOPS_BOT_PASSWORD' },
    channel: 'ops',
    may: 'read',
  },
  words: {
    target: words.target('target', SERVER),
    options: [
      ...words.account('account'),
      words.option('channel', 'channel', once(text('NAME'))),
      words.option('may', 'may', byDefault(oneOf('see', 'read', 'post'), 'post')),
    ],
  },
  create: createMattermostChannelProbe,
};
