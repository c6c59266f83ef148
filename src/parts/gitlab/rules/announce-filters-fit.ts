import type { Finding } from '../../../config/finding.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { type AnnounceConfig, type AnnounceEvent, FORGE } from '../../../contracts/sections/forge.ts';

/** Events that have a branch, and those that can fail. */
const OF_BRANCHES: readonly AnnounceEvent[] = ['push', 'pipeline', 'job', 'deployment'];
const CAN_FAIL: readonly AnnounceEvent[] = ['pipeline', 'job', 'deployment'];

/** A filter that filters nothing is mostly a misunderstanding; two that exclude each other certainly are. */
export const announceFiltersFit: Rule = {
  name: 'announce-filters-fit',
  reads: ['gitlab.announce'],
  check: ({ config }) => sectionOf(config, FORGE).announce.flatMap(findings),
};

const findings = (announce: AnnounceConfig, index: number): readonly Finding[] => {
  const { branches, loud, intermediate, events } = announce;
  const at = (key: string) => ['gitlab', 'announce', index, key];
  const has = (some: readonly AnnounceEvent[]) => events.some((event) => some.includes(event));
  return [
    ...(loud === 'failures' && intermediate === true
      ? [
          {
            path: at('intermediate'),
            message: 'with `loud: failures` states on the way are never announced',
            fix: 'remove one of the two',
          },
        ]
      : []),
    ...(branches !== undefined && !has(OF_BRANCHES)
      ? [{ path: at('branches'), message: `none of its events has a branch`, fix: 'remove it', warning: true }]
      : []),
    ...(loud === 'failures' && !has(CAN_FAIL)
      ? [
          {
            path: at('loud'),
            message: 'none of its events can fail, so all are announced',
            fix: 'remove it',
            warning: true,
          },
        ]
      : []),
  ];
};
