/** `POST /hooks/{id}` (server/channels/web/webhook.go): the same statuses and ids as the contract's table. */
import type { StandinReply, StandinRequest } from '../kit/http-standin.ts';
import { refusal } from './answers.ts';
import { LONGEST, store } from './posts.ts';
import type { World } from './world.ts';

const parsed = ({ body, headers }: StandinRequest): unknown => {
  const text = body.toString('utf8');
  const isForm = /^application\/x-www-form-urlencoded\b/.test(headers['content-type'] ?? '');
  try {
    return JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text);
  } catch {
    return undefined;
  }
};

/** `<!channel>` and `<address|text>` are Slack's (server/channels/app/slack.go, app/webhook.go). */
const fromSlack = (text: string): string =>
  text.replace(/<!(channel|here|all)>/g, '@$1').replace(/<([^<|>]+)\|([^|>]+)>/g, '[$2]($1)');

const pieces = (text: string): readonly string[] => {
  const chars = [...text];
  const count = Math.max(1, Math.ceil(chars.length / LONGEST));
  return Array.from({ length: count }, (_, index) => chars.slice(index * LONGEST, (index + 1) * LONGEST).join(''));
};

export const receive = (world: World, id: string, request: StandinRequest): StandinReply => {
  if (!world.switches.incomingHooks) return refusal(501, 'web.incoming_webhook.disabled.app_error');
  const body = parsed(request);
  if (typeof body !== 'object' || body === null) return refusal(400, 'model.incoming_hook.parse_data.app_error');
  const { text = '', attachments, channel, username, props = {} } = body as Record<string, unknown>;
  if (text === '' && attachments === undefined) return refusal(400, 'web.incoming_webhook.text.app_error');
  const hook = world.hooks.find((each) => each.id === id);
  if (!hook) return refusal(400, 'web.incoming_webhook.invalid.app_error');
  const name = channel === undefined ? undefined : String(channel).replace(/^#/, '');
  const found = world.channels.find((each) =>
    name === undefined ? each.id === hook.channel_id : each.team_id === hook.team_id && each.name === name,
  );
  if (!found) return refusal(404, 'web.incoming_webhook.channel.app_error');
  if (hook.channel_locked && found.id !== hook.channel_id) {
    return refusal(403, 'web.incoming_webhook.channel_locked.app_error');
  }
  if (found.type === 'P' && !found.members.has(hook.user_id)) {
    return refusal(403, 'web.incoming_webhook.permissions.app_error');
  }
  const more = {
    ...(props as object),
    from_webhook: 'true',
    ...(typeof username === 'string' ? { override_username: username } : {}),
    ...(attachments === undefined ? {} : { attachments }),
  };
  for (const piece of pieces(fromSlack(String(text)))) store(world, hook.user_id, found, piece, more);
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'ok' };
};
