import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { issueOf } from './issue.ts';
import { mergeRequestOf } from './merge-request.ts';
import { commitOf, idOf, isoTime, projectOf, repositoryOf, userOf, utcTime, webUrl } from './parts.ts';

interface NotedThing {
  readonly type: 'Commit' | 'Issue' | 'MergeRequest' | 'Snippet';
  /** Records have a number; a commit has none here. */
  readonly id: number | null;
  readonly url: string;
  readonly about: Payload;
}

export const noteOf = (context: SampleContext) => ({
  id: idOf(context, 'note'),
  note: `I heard it too (${context.word}).`,
  author_id: userOf(context).id,
  project_id: projectOf(context).id,
  created_at: utcTime(context),
  updated_at: utcTime(context),
  attachment: null,
  line_code: null,
  st_diff: null,
  system: false,
  internal: false,
});

const payload = (context: SampleContext, { type, id, url, about }: NotedThing): Payload => ({
  object_kind: 'note',
  event_type: 'note',
  user: userOf(context),
  project_id: projectOf(context).id,
  project: projectOf(context),
  repository: repositoryOf(context),
  object_attributes: {
    ...noteOf(context),
    action: 'create',
    noteable_type: type,
    noteable_id: id,
    commit_id: type === 'Commit' ? commitOf(context, 'noted').id : null,
    url: `${url}#note_${noteOf(context).id}`,
  },
  ...about,
});

const snippetOf = (context: SampleContext) => ({
  id: idOf(context, 'snippet'),
  title: `How the bell is wired (${context.word})`,
  content: 'red to green',
  author_id: userOf(context).id,
  project_id: projectOf(context).id,
  created_at: isoTime(context),
  updated_at: isoTime(context),
  file_name: 'wiring.txt',
  type: 'ProjectSnippet',
  visibility_level: 0,
  url: `${webUrl(context)}/-/snippets/${idOf(context, 'snippet')}`,
});

const thing = (context: SampleContext, type: NotedThing['type']): NotedThing => {
  switch (type) {
    case 'Commit': {
      const { title: _title, ...commit } = commitOf(context, 'noted');
      return { type, id: null, url: commit.url, about: { commit } };
    }
    case 'Issue':
      return { type, id: issueOf(context).id, url: issueOf(context).url, about: { issue: issueOf(context) } };
    case 'MergeRequest': {
      const merge_request = mergeRequestOf(context);
      return { type, id: merge_request.id, url: merge_request.url, about: { merge_request } };
    }
    case 'Snippet':
      return { type, id: snippetOf(context).id, url: snippetOf(context).url, about: { snippet: snippetOf(context) } };
  }
};

const sample = (name: string, about: string, type: NotedThing['type']): Sample => ({
  name: `comment-${name}`,
  about: `somebody comments on ${about}`,
  header: 'Note Hook',
  build: (context) => payload(context, thing(context, type)),
});

export const noteSamples: readonly Sample[] = [
  sample('commit', 'a commit', 'Commit'),
  sample('issue', 'an issue', 'Issue'),
  sample('merge-request', 'a merge request', 'MergeRequest'),
  sample('snippet', 'a snippet', 'Snippet'),
];
