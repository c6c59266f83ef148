import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { SERVER, wordsOf } from '../../../contracts/probe-words.ts';
import { createMattermostProbe, type MattermostSpec } from './mattermost.ts';

export const mattermostKind: SingleKind<MattermostSpec> = {
  what: 'mattermost',
  about: 'its database and its file store take writes, as Mattermost says itself, and its API answers',
  example: { what: 'mattermost', target: { kind: 'service', endpoint: { service: 'mattermost', port: 8065 } } },
  words: { target: wordsOf<MattermostSpec>().target('target', SERVER), options: [] },
  create: createMattermostProbe,
};
