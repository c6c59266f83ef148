import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createMattermostLoginProbe, type MattermostLoginSpec } from './mattermost-login.ts';

const words = wordsOf<MattermostLoginSpec>();

export const mattermostLoginKind: SingleKind<MattermostLoginSpec> = {
  what: 'mattermost-login',
  about: 'the account can log in to Mattermost',
  example: {
    what: 'mattermost-login',
    target: { kind: 'service', endpoint: { service: 'mattermost', port: 8065 } },
    account: { username: 'hubot', password: 'CHATOPS_BOT_PASSWORD' },
  },
  words: { target: words.target('target', SERVER), options: words.account('account') },
  create: createMattermostLoginProbe,
};
