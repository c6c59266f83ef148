import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { NO_COMMIT, projectOf, pusherOf, repositoryOf, shaOf } from './parts.ts';

const tagPayload = (context: SampleContext, before: string, after: string): Payload => ({
  object_kind: 'tag_push',
  event_name: 'tag_push',
  before,
  after,
  ref: `refs/tags/v1.4.0-${context.word}`,
  ref_protected: false,
  checkout_sha: after === NO_COMMIT ? null : after,
  message: after === NO_COMMIT ? null : 'The fourth one',
  ...pusherOf(context),
  project_id: projectOf(context).id,
  project: projectOf(context),
  commits: [],
  total_commits_count: 0,
  push_options: {},
  repository: repositoryOf(context),
});

export const tagPushSamples: readonly Sample[] = [
  {
    name: 'tag',
    about: 'a tag is pushed',
    header: 'Tag Push Hook',
    build: (context) => tagPayload(context, NO_COMMIT, shaOf(context, 'tag')),
  },
  {
    name: 'tag-deleted',
    about: 'a tag is deleted',
    header: 'Tag Push Hook',
    build: (context) => tagPayload(context, shaOf(context, 'tag'), NO_COMMIT),
  },
];
