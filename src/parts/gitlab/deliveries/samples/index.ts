/** The visible table of events that can be played, in the order in which they are listed. */
import type { Sample } from '../../../../contracts/played-forge.ts';
import { deploymentSamples } from './deployment.ts';
import { emojiSamples } from './emoji.ts';
import { featureFlagSamples } from './feature-flag.ts';
import { groupSamples } from './group.ts';
import { issueSamples } from './issue.ts';
import { jobSamples } from './job.ts';
import { mergeRequestSamples } from './merge-request.ts';
import { milestoneSamples } from './milestone.ts';
import { noteSamples } from './note.ts';
import { pipelineSamples } from './pipeline.ts';
import { pushSamples } from './push.ts';
import { releaseSamples } from './release.ts';
import { systemSamples } from './system.ts';
import { tagPushSamples } from './tag-push.ts';
import { tokenSamples } from './token.ts';
import { wikiPageSamples } from './wiki-page.ts';

export const SAMPLES: readonly Sample[] = [
  ...pushSamples,
  ...tagPushSamples,
  ...issueSamples,
  ...noteSamples,
  ...mergeRequestSamples,
  ...pipelineSamples,
  ...jobSamples,
  ...deploymentSamples,
  ...releaseSamples,
  ...wikiPageSamples,
  ...milestoneSamples,
  ...featureFlagSamples,
  ...emojiSamples,
  ...groupSamples,
  ...tokenSamples,
  ...systemSamples,
];
