import type { AnnounceConfig, AnnounceEvent, Config } from '../config.ts';
import type { Finding } from '../finding.ts';
import { parseImageReference } from '../image-reference.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** What a GitLab system hook can tell: no pipeline, issue or note (doc/administration/system_hooks.md). */
const INSTANCE_EVENTS: readonly AnnounceEvent[] = ['push', 'tag_push', 'merge_requests'];

export const announceFitsGitLab: Rule = {
  name: 'announce-fits-gitlab',
  reads: ['gitlab', 'images.gitlab'],
  check: ({ config }) => {
    if (config.gitlab.kind === 'none') return withoutGitLab(config);
    return config.gitlab.announce.flatMap((announce, index) => [
      ...groupHook(config, announce, index),
      ...instanceEvents(announce, index),
    ]);
  },
};

const withoutGitLab = ({ gitlab }: Config): readonly Finding[] =>
  gitlab.announce.length === 0
    ? []
    : [
        {
          path: ['gitlab', 'announce'],
          message: 'there is no GitLab (`kind: none`) whose events could be announced',
          fix: 'remove `announce`, or set `kind: bundled`',
        },
      ];

/** The routes of group hooks exist in EE trees only; CE answers 404. */
const groupHook = (config: Config, { source }: AnnounceConfig, index: number): readonly Finding[] => {
  const community = parseImageReference(config.images.gitlab).repository.includes('gitlab-ce');
  if (source.kind !== 'group' || config.gitlab.kind !== 'bundled' || !community) return [];
  return [
    {
      path: ['gitlab', 'announce', index, 'group'],
      message: 'group hooks need GitLab Premium, and the bundled GitLab is the Community Edition',
      fix: `name the projects of ${show(source.path)} instead, one entry each: ${show(`project: ${source.path}/…`)}`,
    },
  ];
};

const instanceEvents = ({ source, events }: AnnounceConfig, index: number): readonly Finding[] => {
  if (source.kind !== 'instance') return [];
  return events
    .map((event, place) => ({ event, place }))
    .filter(({ event }) => !INSTANCE_EVENTS.includes(event))
    .map(({ event, place }) => ({
      path: ['gitlab', 'announce', index, 'events', place],
      message: `a system hook (\`instance: true\`) never reports ${show(event)}, only ${INSTANCE_EVENTS.join(', ')}`,
      fix: 'name the projects instead, one entry each',
    }));
};
