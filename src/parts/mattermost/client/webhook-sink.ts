/** Mattermost through an incoming webhook: it reports no ids, so nothing can be changed or found again. */
import type { ChatSink } from '../../../contracts/chat-sink.ts';
import type { Http } from '../../../contracts/http.ts';
import type { Secret } from '../../../values/secret.ts';
import { ask, errorId, failure, isSuccess } from './answers.ts';

export interface WebhookSinkOptions {
  readonly http: Http;
  /** `https://chat.example.org`, no trailing slash. */
  readonly base: string;
  /** What stands after `/hooks/`; who knows it may post. */
  readonly hook: Secret;
}

/** These say that the message is wrong; that the hook is unknown is a 400 too, and a user may bring it back. */
const WRONG_MESSAGE = new Set(['web.incoming_webhook.text.app_error', 'model.incoming_hook.parse_data.app_error']);

export const createMattermostWebhookSink = ({ http, base, hook }: WebhookSinkOptions): ChatSink => ({
  remembers: false,
  // Asking the hook itself would post: the server's own word is all there is.
  trouble: async (_channels, signal) => {
    const url = `${base}/api/v4/system/ping?get_server_status=true`;
    const answer = await ask(http, { method: 'GET', url }, signal);
    if (!('status' in answer)) return answer.why;
    return isSuccess(answer) ? undefined : `Mattermost says it cannot work: HTTP ${answer.status}`;
  },
  find: async () => ({ kind: 'absent' }),
  post: async (channel, _key, { message, ...rest }, signal) => {
    const request = {
      method: 'POST',
      url: `${base}/hooks/${hook.reveal()}`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ channel, text: message, ...rest }),
    };
    const answer = await ask(http, request, signal);
    if (!('status' in answer)) return answer;
    if (isSuccess(answer)) return { kind: 'done' };
    const failed = failure('post', answer);
    return WRONG_MESSAGE.has(errorId(answer)) ? failed : { ...failed, kind: 'later' };
  },
  update: async () => ({ kind: 'gone', why: 'an incoming webhook cannot change a message' }),
});
