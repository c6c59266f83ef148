import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { CHAT } from '../../../contracts/sections/chat.ts';
import { NOTIFIER } from '../../../contracts/sections/notifier.ts';

/** A relay refuses what names no announced room, so no delivery would ever come to a route. */
export const relayTakesNoRoutes: Rule = {
  name: 'relay-takes-no-routes',
  reads: ['chat.receiver', 'notifier.routes'],
  check: ({ config }) =>
    sectionOf(config, CHAT).receiver === 'relay' && sectionOf(config, NOTIFIER).routes.length > 0
      ? [
          {
            path: ['notifier', 'routes'],
            message: 'the relay takes deliveries for announced rooms only, so a route has nothing to do',
            fix: 'announce those projects, or set `chat.receiver: webhook`',
          },
        ]
      : [],
};
