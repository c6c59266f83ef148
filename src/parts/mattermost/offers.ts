import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { adminAccount, botAccount } from '../../stack/chat-accounts.ts';
import type { ChatOffer } from '../../stack/stack.ts';
import type { MattermostSpec } from './probes/mattermost.ts';
import { chatOwnWay, chatTarget, chatUrl } from './target.ts';

/** Name of the job that makes team, channels, accounts and webhooks. */
export const SETUP = 'mattermost-setup';

/** No way of its own for a forge's events: what it takes must be Mattermost's messages already. */
export const chatOffer = (config: Config): ChatOffer => {
  const ownWay = chatOwnWay(config);
  const { bot, ownRoom } = sectionOf(config, CHAT);
  return {
    speaks: 'mattermost',
    target: chatTarget(config),
    publicUrl: chatUrl(config),
    ownWay,
    usable: { what: 'mattermost', target: { kind: 'url', url: ownWay } } satisfies MattermostSpec,
    admin: adminAccount(config),
    bot: botAccount(config),
    rooms: bot.rooms,
    proofRoom: bot.rooms[0] ?? ownRoom,
    setUpBy: SETUP,
  };
};
