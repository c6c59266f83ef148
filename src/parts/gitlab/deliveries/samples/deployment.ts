import type { Sample } from '../../../../contracts/played-forge.ts';
import { commitOf, idOf, projectOf, userOf, utcTime, webUrl } from './parts.ts';

export const deploymentSamples: readonly Sample[] = [
  {
    name: 'deployment',
    about: 'a deployment to production succeeds',
    header: 'Deployment Hook',
    build: (context) => {
      const commit = commitOf(context, `Ring once (${context.word})`);
      return {
        object_kind: 'deployment',
        status: 'success',
        status_changed_at: utcTime(context),
        deployment_id: idOf(context, 'deployment'),
        deployable_id: idOf(context, 'job deploy'),
        deployable_url: `${webUrl(context)}/-/jobs/${idOf(context, 'job deploy')}`,
        environment: 'production',
        environment_tier: 'production',
        environment_slug: 'production',
        environment_external_url: 'https://bell.example.org',
        project: projectOf(context),
        short_sha: commit.id.slice(0, 8),
        user: userOf(context),
        user_url: `${context.forge}/${userOf(context).username}`,
        commit_url: commit.url,
        commit_title: commit.title,
        ref: 'main',
      };
    },
  },
];
