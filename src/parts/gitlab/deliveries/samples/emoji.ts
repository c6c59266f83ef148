import type { Sample } from '../../../../contracts/played-forge.ts';
import { issueOf } from './issue.ts';
import { noteOf } from './note.ts';
import { idOf, projectOf, userOf, utcTime } from './parts.ts';

export const emojiSamples: readonly Sample[] = [
  {
    name: 'emoji',
    about: 'somebody reacts to a comment',
    header: 'Emoji Hook',
    build: (context) => {
      const url = `${issueOf(context).url}#note_${noteOf(context).id}`;
      return {
        object_kind: 'emoji',
        event_type: 'award',
        user: userOf(context),
        project_id: projectOf(context).id,
        project: projectOf(context),
        object_attributes: {
          id: idOf(context, 'emoji'),
          user_id: userOf(context).id,
          name: 'thumbsup',
          awardable_type: 'Note',
          awardable_id: noteOf(context).id,
          created_at: utcTime(context),
          updated_at: utcTime(context),
          action: 'award',
          awarded_on_url: url,
        },
        note: { ...noteOf(context), noteable_type: 'Issue', noteable_id: issueOf(context).id, commit_id: null, url },
        issue: issueOf(context),
      };
    },
  },
];
