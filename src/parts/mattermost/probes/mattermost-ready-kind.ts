import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createMattermostReadyProbe, type MattermostReadySpec } from './mattermost-ready.ts';

export const mattermostReadyKind: SingleKind<MattermostReadySpec> = {
  what: 'mattermost-ready',
  about: 'Mattermost says that its database and its file store take writes',
  example: { what: 'mattermost-ready', target: { kind: 'service', endpoint: { service: 'mattermost', port: 8065 } } },
  words: { target: wordsOf<MattermostReadySpec>().target('target', SERVER), options: [] },
  create: createMattermostReadyProbe,
};
