import type { RouteConfig } from '../config.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';

export const routesNameOnePlace: Rule = {
  name: 'routes-name-one-place',
  reads: ['notifier.routes'],
  check: ({ config, written }) => {
    const routes = written.notifier?.routes ?? [];
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
    const twice = wrong.length > 0 ? [] : repeats(config.notifier.routes, keyOf);
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
