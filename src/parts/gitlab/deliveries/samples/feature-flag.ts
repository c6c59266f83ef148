import type { Sample } from '../../../../contracts/played-forge.ts';
import { idOf, projectOf, userOf } from './parts.ts';

export const featureFlagSamples: readonly Sample[] = [
  {
    name: 'feature-flag',
    about: 'a feature flag is switched on',
    header: 'Feature Flag Hook',
    build: (context) => ({
      object_kind: 'feature_flag',
      project: projectOf(context),
      user: userOf(context),
      user_url: `${context.forge}/${userOf(context).username}`,
      object_attributes: {
        id: idOf(context, 'feature flag'),
        name: `one-bell-${context.word}`,
        description: 'Ring once',
        active: true,
      },
    }),
  },
];
