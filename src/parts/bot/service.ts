import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import type { HttpSpec } from '../../probes/http.ts';
import type { ChatOffer, HttpTarget, ServiceNode } from '../../stack/stack.ts';
import { BOT_PORT, SPEAKS } from './port.ts';
import type { BotSpec } from './probes/bot.ts';

const urlInside = (target: HttpTarget): string =>
  target.kind === 'url' ? target.url : `http://${target.endpoint.service}:${target.endpoint.port}`;

/** See `programs/serve-standing.ts`. */
const asksItself = (path: string): HttpSpec => ({
  what: 'http',
  target: { kind: 'service', endpoint: { service: 'bot', port: BOT_PORT } },
  path,
  status: 200,
});

/**
 * As a container it is asked by itself, over the session it has: a login for every HEALTHCHECK would push its own token
 * out of the fifty that Rocket.Chat keeps of an account (`MAX_RESUME_LOGIN_TOKENS`), and say nothing about the bot.
 *
 * The variables are those that Rocket.Chat's bots have always read, so that any other bot can take its place.
 */
export const bot = (config: Config, { target, bot: account, rooms, setUpBy, speaks }: ChatOffer): ServiceNode => {
  const { name } = sectionOf(config, CHAT).bot;
  return {
    kind: 'service',
    name: 'bot',
    role: 'bot',
    gates: [{ node: setUpBy, until: 'done' }],
    alive: asksItself('/alive'),
    ready: asksItself('/ready'),
    usable: {
      what: 'bot',
      target,
      account,
      rooms,
      ...(speaks === undefined ? {} : { speaks }),
    } satisfies BotSpec,
    health: asksItself('/'),
    readyWithinMs: 120_000,
    provenElsewhere: true,
    needs: { memoryGib: 0.1, imageGib: 0.1 },
    container: {
      image: config.images.tools,
      command: ['bot'],
      environment: {
        ROCKETCHAT_URL: urlInside(target),
        ROCKETCHAT_USER: account.username,
        ROCKETCHAT_PASSWORD: { secret: account.password },
        ROCKETCHAT_ROOM: rooms.join(','),
        HUBOT_NAME: name,
        ...(speaks === undefined ? {} : { [SPEAKS]: speaks }),
      },
      listens: [BOT_PORT],
      publishes: {},
      volumes: [],
      aliases: [],
      init: true,
      trustsAuthority: true,
    },
  };
};
