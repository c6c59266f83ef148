import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createMattermostAliveProbe, type MattermostAliveSpec } from './mattermost-alive.ts';

export const mattermostAliveKind: SingleKind<MattermostAliveSpec> = {
  what: 'mattermost-alive',
  about: 'Mattermost answers, also without its database',
  example: { what: 'mattermost-alive', target: { kind: 'service', endpoint: { service: 'mattermost', port: 8065 } } },
  words: { target: wordsOf<MattermostAliveSpec>().target('target', SERVER), options: [] },
  create: createMattermostAliveProbe,
};
