import type { Rule } from '../../../config/rules/rule.ts';
import { writtenAnnounce } from '../section.ts';

const SOURCES = ['project', 'group', 'instance'] as const;

export const announceNamesOneSource: Rule = {
  name: 'announce-names-one-source',
  reads: ['gitlab.announce.project', 'gitlab.announce.group', 'gitlab.announce.instance'],
  check: ({ written }) => {
    const announce = writtenAnnounce(written);
    return announce.flatMap((one, index) => {
      const named = SOURCES.filter((source) => one[source] !== undefined);
      if (named.length === 1) return [];
      const [, second] = named;
      return {
        path: ['gitlab', 'announce', index, ...(second === undefined ? [] : [second])],
        message:
          second === undefined
            ? 'names nothing whose events could be announced'
            : `names ${named.join(' and ')}, but one entry is one hook`,
        fix:
          second === undefined
            ? 'add `project: <group>/<project>`, `group: <group>` or `instance: true`'
            : 'make it one entry for each',
      };
    });
  },
};
