/** Which chat the relay speaks to: its renderer and its sink, chosen by the settings. The only place that knows both. */

import type { ChatSink } from '../contracts/chat-sink.ts';
import type { Clock } from '../contracts/clock.ts';
import type { Http } from '../contracts/http.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { renderPost } from '../notifier/mattermost/render.ts';
import { renderMessage } from '../notifier/rocketchat/render.ts';
import { renderText } from '../notifier/rocketchat/render-text.ts';
import { createMattermostAccountSink } from '../parts/mattermost/client/account-sink.ts';
import { createMattermostBotSink } from '../parts/mattermost/client/bot-sink.ts';
import { createMattermostWebhookSink } from '../parts/mattermost/client/webhook-sink.ts';
import type { RelayFile } from '../parts/relay/program/relay-file.ts';
import type { RenderBody } from '../parts/relay/program/render-body.ts';
import { createRocketChat } from '../parts/rocketchat/client/rocketchat.ts';
import { createRocketChatSink } from '../parts/rocketchat/relay-sink.ts';

export const TOKEN_VARIABLE = 'CHATOPS_RELAY_TOKEN';
export const ACCOUNT_VARIABLE = 'CHATOPS_RELAY_PASSWORD';
export const PASSWORD_VARIABLE = 'ROCKETCHAT_PASSWORD';

export interface RelayChat {
  readonly sink: ChatSink;
  readonly render: RenderBody;
}

export interface ChatTools {
  readonly http: Http;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly warn: (text: string) => void;
}

const mattermost: RenderBody = (message) => ({ ...renderPost(message) });

/** Rocket.Chat's API changes nothing but the text of a message. */
const rocketchat: RenderBody = (message, changes) => {
  if (changes) return { text: renderText(message) };
  const { text, attachments } = renderMessage(message, '');
  return { text, ...(attachments === undefined ? {} : { attachments }) };
};

const noBot = (): never => {
  throw new ChatopsError('INTERNAL', { what: 'the relay opens no realtime session' });
};

/** @throws ChatopsError SECRET_MISSING */
export const chooseChat = (file: RelayFile, { http, clock, secrets, warn }: ChatTools): RelayChat => {
  if (file.to === 'rocketchat') {
    const password = secrets.read(PASSWORD_VARIABLE);
    const credentials = { username: file.username, password, passwordName: PASSWORD_VARIABLE };
    const port = createRocketChat({ http, clock, report: warn, connectBot: noBot });
    return { sink: createRocketChatSink({ rocketchat: port, base: file.url, credentials, clock }), render: rocketchat };
  }
  if (file.as === 'account') {
    const { username = '', team = '', url: base } = file;
    const password = secrets.read(ACCOUNT_VARIABLE);
    const credentials = { username, password, passwordName: ACCOUNT_VARIABLE };
    return { sink: createMattermostAccountSink({ http, base, credentials, team }), render: mattermost };
  }
  const token = secrets.read(TOKEN_VARIABLE);
  if (file.as === 'webhook') {
    return { sink: createMattermostWebhookSink({ http, base: file.url, hook: token }), render: mattermost };
  }
  return { sink: createMattermostBotSink({ http, base: file.url, token, team: file.team ?? '' }), render: mattermost };
};
