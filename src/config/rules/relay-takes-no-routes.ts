import type { Rule } from './rule.ts';

/** A relay refuses what names no announced room, so no delivery would ever come to a route. */
export const relayTakesNoRoutes: Rule = {
  name: 'relay-takes-no-routes',
  reads: ['chat.receiver', 'notifier.routes'],
  check: ({ config: { chat, notifier } }) =>
    chat.receiver === 'relay' && notifier.routes.length > 0
      ? [
          {
            path: ['notifier', 'routes'],
            message: 'the relay takes deliveries for announced rooms only, so a route has nothing to do',
            fix: 'announce those projects, or set `chat.receiver: webhook`',
          },
        ]
      : [],
};
