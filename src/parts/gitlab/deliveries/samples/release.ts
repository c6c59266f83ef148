import type { Sample } from '../../../../contracts/played-forge.ts';
import { commitOf, idOf, projectOf, utcTime, webUrl } from './parts.ts';

export const releaseSamples: readonly Sample[] = [
  {
    name: 'release',
    about: 'a release is published',
    header: 'Release Hook',
    build: (context) => {
      const tag = `v1.4.0-${context.word}`;
      return {
        object_kind: 'release',
        action: 'create',
        id: idOf(context, 'release'),
        created_at: utcTime(context),
        released_at: utcTime(context),
        description: 'It rings once now.',
        name: `One bell (${context.word})`,
        tag,
        project: projectOf(context),
        url: `${webUrl(context)}/-/releases/${tag}`,
        assets: {
          count: 1,
          links: [],
          sources: [{ format: 'zip', url: `${webUrl(context)}/-/archive/${tag}/source-${tag}.zip` }],
        },
        commit: commitOf(context, `Ring once (${context.word})`),
      };
    },
  },
];
