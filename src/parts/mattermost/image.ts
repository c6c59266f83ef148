/** Team Edition: MIT, without a licence ever; a full version, as `release-11` may move backwards (Mattermost's docs, "Docker troubleshooting"). */
import type { ImageSpec } from '../../config/additions.ts';

export const mattermostImage: ImageSpec = {
  reference: 'mattermost/mattermost-team-edition:11.7.9',
  about: 'Mattermost, extended support',
};
