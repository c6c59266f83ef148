/** A delivery of GitLab → what is to be said about it, for any chat. */

import type { Context, GitLabEvent } from './event.ts';
import { tellerOf } from './events/index.ts';
import { hadFailed, type Memory, NO_MEMORY, remember } from './memory.ts';
import type { Message } from './message.ts';
import type { Settings } from './settings.ts';
import { isWanted } from './wanted.ts';
import { wordsOf } from './wording/index.ts';

/** @returns undefined when the settings want nothing of it */
export const announce = (event: GitLabEvent, settings: Settings, memory: Memory = NO_MEMORY): Message | undefined => {
  const { topic, tell } = tellerOf(event);
  const context: Context = {
    words: wordsOf(settings.locale, settings.wording),
    settings,
    hadFailed: (subject) => hadFailed(memory, subject),
  };
  const told = tell(event, context);
  const { subject, outcome } = told;
  const isResult = subject !== undefined && (outcome === 'failed' || outcome === 'succeeded');
  const recovered = isResult && outcome === 'succeeded' && context.hadFailed(subject);
  if (isResult) remember(memory, subject, outcome === 'failed');
  return isWanted(settings, topic, told, recovered) ? told.message : undefined;
};
