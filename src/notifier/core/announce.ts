/** A delivery of GitLab → what is to be said about it, for any chat. */

import { projectPath } from './common.ts';
import type { Context, GitLabEvent } from './event.ts';
import { describerOf } from './events/index.ts';
import { guarded } from './guard.ts';
import { hadFailed, type Memory, NO_MEMORY, remember } from './memory.ts';
import type { Line, Message, Piece } from './message.ts';
import { at, firstText } from './read.ts';
import type { Settings } from './settings.ts';
import { isWanted } from './wanted.ts';
import { type Texts, wordsOf } from './wording/index.ts';
import { placeless } from './wording/placeless.ts';

const textOf = (piece: Piece | undefined): string => {
  if (piece === undefined) return '';
  if (piece.kind !== 'person') return piece.text;
  return piece.chatName === undefined ? piece.name : `@${piece.chatName}`;
};

const spoken = (line: Line, { before }: Texts): Line =>
  line.map((piece, index) => {
    const next = line[index + 1];
    return piece.kind === 'words' && next !== undefined ? { ...piece, text: before(piece.text, textOf(next)) } : piece;
  });

/** What a language does where our words meet those of others: elisions, the space before a colon. */
const inLanguage = (message: Message, words: Texts): Message => ({
  ...message,
  line: spoken(message.line, words),
  fields: message.fields.map(({ title, value }) => ({
    title: `${title}${words.beforeColon()}`,
    value: spoken(value, words),
  })),
});

/** @returns undefined when nothing happened, or the settings want nothing of it */
export const announce = (event: GitLabEvent, settings: Settings, memory: Memory = NO_MEMORY): Message | undefined => {
  const { topic, describe } = describerOf(event);
  const all = wordsOf(settings.locale, settings.wording);
  const words = projectPath(event.payload) === '' ? placeless(all, all.places()) : all;
  const context: Context = {
    words,
    settings,
    instance: (event.instance ?? '').replace(/\/+$/, ''),
    actor: firstText(at(event.payload, 'user', 'username'), event.payload.user_username),
    hadFailed: (subject) => hadFailed(memory, subject),
  };
  const described = describe(event, context);
  if (described === undefined) return undefined;
  const { subject, outcome } = described;
  const isResult = subject !== undefined && (outcome === 'failed' || outcome === 'succeeded');
  const recovered = isResult && outcome === 'succeeded' && context.hadFailed(subject);
  if (isResult) remember(memory, subject, outcome === 'failed');
  if (!isWanted(settings, topic, described, recovered)) return undefined;
  return inLanguage(guarded(described.message, settings.links), words);
};
