import type { Config } from '../../../config/config.ts';
import type { Finding } from '../../../config/finding.ts';
import { parseImageReference } from '../../../config/image-reference.ts';
import { imageNamed } from '../../../config/named.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { type AnnounceConfig, type AnnounceEvent, FORGE, type ForgeConfig } from '../../../contracts/sections/forge.ts';

/** What a GitLab system hook reports: no pipeline, issue or note (doc/administration/system_hooks.md). */
const INSTANCE_EVENTS: readonly AnnounceEvent[] = ['push', 'tag_push', 'merge_requests'];

export const announceFitsGitLab: Rule = {
  name: 'announce-fits-gitlab',
  reads: ['gitlab', 'images.gitlab'],
  check: ({ config }) => {
    const gitlab = sectionOf(config, FORGE);
    if (gitlab.kind === 'none') return withoutGitLab(gitlab);
    return gitlab.announce.flatMap((announce, index) => [
      ...groupHook(config, announce, index),
      ...instanceEvents(announce, index),
    ]);
  },
};

const withoutGitLab = ({ announce }: ForgeConfig): readonly Finding[] =>
  announce.length === 0
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
  const community = parseImageReference(imageNamed(config, 'gitlab')).repository.includes('gitlab-ce');
  if (source.kind !== 'group' || sectionOf(config, FORGE).kind !== 'bundled' || !community) return [];
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
    .map((event, position) => ({ event, position }))
    .filter(({ event }) => !INSTANCE_EVENTS.includes(event))
    .map(({ event, position }) => ({
      path: ['gitlab', 'announce', index, 'events', position],
      message: `a system hook (\`instance: true\`) never reports ${show(event)}, only ${INSTANCE_EVENTS.join(', ')}`,
      fix: 'name the projects instead, one entry each',
    }));
};
