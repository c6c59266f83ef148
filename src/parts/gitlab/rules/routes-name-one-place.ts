import { repeats } from '../../../config/rules/repeats.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf, writtenIn } from '../../../config/section.ts';
import { NOTIFIER, type RouteConfig } from '../../../contracts/sections/notifier.ts';
import { notifierSection } from '../notifier-section.ts';

export const routesNameOnePlace: Rule = {
  name: 'routes-name-one-place',
  reads: ['notifier.routes'],
  check: ({ config, written }) => {
    const routes = writtenIn(written, notifierSection)?.routes ?? [];
    const wrong = routes.flatMap(({ project, group }, index) => {
      if ((project === undefined) !== (group === undefined)) return [];
      const both = project !== undefined;
      return [
        {
          path: ['notifier', 'routes', index, ...(both ? ['group'] : [])],
          message: both
            ? 'names project and group, but one route is for one place'
            : 'names nothing that is announced there',
          fix: both ? 'make it one route for each' : 'add `project: <group>/<project>` or `group: <group>`',
        },
      ];
    });
    const twice = wrong.length > 0 ? [] : repeats(sectionOf(config, NOTIFIER).routes, keyOf);
    return [
      ...wrong,
      ...twice.map(({ index, first }) => ({
        path: ['notifier', 'routes', index],
        message: `is the same as notifier.routes[${first}]`,
        fix: 'keep one of the two',
      })),
    ];
  },
};

/** GitLab finds paths without regard to case. */
const keyOf = ({ source, room }: RouteConfig): string => JSON.stringify([source.kind, source.path.toLowerCase(), room]);
