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

export const receive = (world: World, hook: string, request: StandinRequest): StandinReply => {
  const body = parsed(request);
  if (typeof body !== 'object' || body === null) return refusal(400, 'model.incoming_hook.parse_data.app_error');
  const { text = '', attachments, channel = world.channels[0]?.name, props = {} } = body as Record<string, unknown>;
  if (text === '' && attachments === undefined) return refusal(400, 'web.incoming_webhook.text.app_error');
  if (hook !== world.hook) return refusal(400, 'web.incoming_webhook.invalid.app_error');
  const name = String(channel).replace(/^#/, '');
  const found = world.channels.find((each) => each.name === name);
  if (!found) return refusal(404, 'web.incoming_webhook.channel.app_error');
  const more = { ...(props as object), from_webhook: 'true', ...(attachments === undefined ? {} : { attachments }) };
  for (const piece of pieces(fromSlack(String(text)))) store(world, world.bot.id, found, piece, more);
  return { status: 200, headers: { 'Content-Type': 'text/plain' }, body: 'ok' };
};
