import type { Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { idOf, isoTime, projectOf, userOf, utcTime } from './parts.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** A date, a week from now. */
const nextWeek = (context: SampleContext): string => isoTime(context, -WEEK_MS).slice(0, 10);

export const tokenSamples: readonly Sample[] = [
  {
    name: 'access-token',
    about: 'an access token of a project ends within a week',
    header: 'Resource Access Token Hook',
    build: (context) => ({
      object_kind: 'access_token',
      project: projectOf(context),
      object_attributes: {
        id: idOf(context, 'access token'),
        user_id: userOf(context).id,
        name: `bell ${context.word}`,
        created_at: utcTime(context, WEEK_MS),
        expires_at: nextWeek(context),
        last_used_at: null,
      },
      event_name: 'expiring_access_token',
    }),
  },
  {
    name: 'deploy-token',
    about: 'a deploy token of a project ends within a week',
    header: 'Resource Deploy Token Hook',
    build: (context) => ({
      object_kind: 'deploy_token',
      project: projectOf(context),
      object_attributes: {
        id: idOf(context, 'deploy token'),
        name: `bell ${context.word}`,
        created_at: utcTime(context, WEEK_MS),
        expires_at: nextWeek(context),
        deploy_token_type: 'project_type',
        revoked: false,
      },
      event_name: 'expiring_deploy_token',
    }),
  },
];
