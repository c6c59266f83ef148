/** `/api/v4/posts` and what reads them (server/channels/api4/post.go, app/post.go). */

import type { StandinReply } from '../kit/http-standin.ts';
import { wallClockMs } from '../kit/real-time.ts';
import { ok, refusal } from './answers.ts';
import { type Fields, fieldsOf, textOf } from './call.ts';
import { forbidden, personWith } from './people.ts';
import { type Channel, newId, type Post, type World } from './world.ts';

/** Characters of a message (model.PostMessageMaxRunesV2). */
export const LONGEST = 16_383;

/** @param author id of a user */
export const store = (world: World, author: string, channel: Channel, message: string, props: Fields): Post => {
  const at = wallClockMs();
  const times = { create_at: at, update_at: at, edit_at: 0, delete_at: 0 };
  const type = Array.isArray(props.attachments) ? 'slack_attachment' : '';
  // Empty where a post is no reply, no edit of another and pinned nowhere.
  const bare = {
    root_id: '',
    original_id: '',
    hashtags: '',
    pending_post_id: '',
    is_pinned: false,
    metadata: {},
  } as const;
  const owner = { channel_id: channel.id, user_id: author };
  const post: Post = { id: newId(), ...owner, ...times, ...bare, message, type, props };
  world.posts.set(post.id, post);
  world.history.push({ id: post.id, message });
  for (const hear of world.listeners) hear(post, channel);
  return post;
};

const invalidParam = (status = 400) => refusal(status, 'api.context.invalid_body_param.app_error');

export const createPost = (world: World, caller: string, body: unknown): StandinReply => {
  const { channel_id, message, props, pending_post_id } = fieldsOf(body);
  const channel = world.channels.find(({ id }) => id === channel_id);
  if (!channel) return invalidParam();
  if (!channel.members.has(caller)) return forbidden;
  const known = world.posts.get(world.pending.get(textOf(pending_post_id)) ?? '');
  if (known) return ok(known, 201);
  const text = textOf(message);
  if ([...text].length > LONGEST) return refusal(400, 'model.post.is_valid.message_length.app_error');
  const byBot = personWith(world, caller).bot ? { from_bot: 'true' } : {};
  const post = store(world, caller, channel, text, { ...byBot, ...fieldsOf(props) });
  if (textOf(pending_post_id) !== '') world.pending.set(textOf(pending_post_id), post.id);
  return ok(post, 201);
};

const present = (world: World, id: string): Post | undefined => {
  const post = world.posts.get(id);
  return post?.delete_at === 0 ? post : undefined;
};

const missing = refusal(404, 'app.post.get.app_error');

export const patchPost = (world: World, caller: string, id: string, body: unknown): StandinReply => {
  const post = present(world, id);
  if (!post) return missing;
  if (post.user_id !== caller) return forbidden;
  const { message, props } = fieldsOf(body);
  const text = typeof message === 'string' ? message : post.message;
  if ([...text].length > LONGEST) return refusal(400, 'model.post.is_valid.message_length.app_error');
  const at = wallClockMs();
  const changed = {
    ...post,
    message: text,
    props: props === undefined ? post.props : fieldsOf(props),
    update_at: at,
    edit_at: text === post.message ? post.edit_at : at,
  };
  world.posts.set(id, changed);
  world.history.push({ id, message: text });
  return ok(changed);
};

const reads = (world: World, caller: string, channelId: string): boolean =>
  world.channels.some(({ id, members }) => id === channelId && members.has(caller));

export const getPost = (world: World, caller: string, id: string): StandinReply => {
  const post = present(world, id);
  if (!post) return missing;
  return reads(world, caller, post.channel_id) ? ok(post) : forbidden;
};

export const deletePost = (world: World, caller: string, id: string): StandinReply => {
  const post = present(world, id);
  if (!post) return missing;
  if (post.user_id !== caller) return forbidden;
  world.posts.set(id, { ...post, delete_at: wallClockMs() });
  return ok({ status: 'OK' });
};

/** Newest first; a page is never larger than 200. */
export const listPosts = (world: World, caller: string, channelId: string, query: URLSearchParams): StandinReply => {
  if (!reads(world, caller, channelId)) return forbidden;
  const size = Math.min(200, Number(query.get('per_page') ?? 60));
  const first = Number(query.get('page') ?? 0) * size;
  const all = [...world.posts.values()]
    .filter((post) => post.channel_id === channelId && post.delete_at === 0)
    .reverse();
  const shown = all.slice(first, first + size);
  return ok({
    order: shown.map(({ id }) => id),
    posts: Object.fromEntries(shown.map((post) => [post.id, post])),
    next_post_id: '',
    prev_post_id: all[first + size]?.id ?? '',
    has_next: all.length > first + size,
    first_inaccessible_post_time: 0,
  });
};
