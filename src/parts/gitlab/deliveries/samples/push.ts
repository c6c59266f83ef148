import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { branchOf, commitOf, NO_COMMIT, projectOf, pusherOf, repositoryOf, shaOf } from './parts.ts';

/** A delivery carries the newest twenty commits; `total_commits_count` is the true number. */
const CARRIED = 20;

const TITLES = ['Say when the door is open', 'Tell the bell apart from the phone', 'Mend the second hinge'] as const;

interface Push {
  readonly branch: string;
  readonly before: string;
  readonly after: string;
  /** Oldest first. */
  readonly titles: readonly string[];
}

const pushPayload = (context: SampleContext, { branch, before, after, titles }: Push): Payload => ({
  object_kind: 'push',
  event_name: 'push',
  before,
  after,
  ref: `refs/heads/${branch}`,
  ref_protected: branch === 'main',
  checkout_sha: after === NO_COMMIT ? null : after,
  message: null,
  ...pusherOf(context),
  project_id: projectOf(context).id,
  project: projectOf(context),
  commits: titles.slice(-CARRIED).map((title, index) => ({
    ...commitOf(context, title, (CARRIED - index) * 60_000),
    added: index === 0 ? [`docs/${context.word}.md`] : [],
    modified: ['README.md'],
    removed: [],
  })),
  total_commits_count: titles.length,
  push_options: {},
  repository: repositoryOf(context),
});

const pushOf = (context: SampleContext, branch: string, titles: readonly string[]): Payload =>
  pushPayload(context, {
    branch,
    before: shaOf(context, 'before'),
    after: shaOf(context, titles.at(-1) ?? 'before'),
    titles,
  });

const many = ({ word }: SampleContext): readonly string[] =>
  Array.from({ length: 45 }, (_, index) => `Step ${index + 1} of ${word}`);

export const pushSamples: readonly Sample[] = [
  {
    name: 'push',
    about: 'three commits on the default branch',
    header: 'Push Hook',
    everyday: 'push',
    build: (context) => pushOf(context, 'main', [...TITLES.slice(0, 2), `${TITLES[2]} (${context.word})`]),
  },
  {
    name: 'push-many',
    about: '45 commits at once, of which GitLab carries 20',
    header: 'Push Hook',
    build: (context) => pushOf(context, 'main', many(context)),
  },
  {
    name: 'push-new-branch',
    about: 'a branch is made, with one commit',
    header: 'Push Hook',
    build: (context) => {
      const title = `Begin ${context.word}`;
      const after = shaOf(context, title);
      return pushPayload(context, { branch: branchOf(context), before: NO_COMMIT, after, titles: [title] });
    },
  },
  {
    name: 'push-deleted-branch',
    about: 'a branch is deleted',
    header: 'Push Hook',
    build: (context) =>
      pushPayload(context, {
        branch: branchOf(context),
        before: shaOf(context, 'before'),
        after: NO_COMMIT,
        titles: [],
      }),
  },
];
