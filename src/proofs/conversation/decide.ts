/** What proves the conversation, and what is still to be done for it. Pure. */

import type { ChatMessage } from '../../contracts/chat.ts';
import type { Change, Decision } from '../../contracts/job.ts';

export interface ConversationSeen {
  /** The room as the bot sees it at the public address; undefined: it does not. */
  readonly roomId: string | undefined;
  /** The message of the remembered proof, read at the public address just now. */
  readonly proven: ChatMessage | undefined;
  /** A message that an interrupted run sent and did not read back any more. */
  readonly unread: ChatMessage | undefined;
}

export interface ConversationChange extends Change {
  readonly step:
    | { readonly kind: 'say'; readonly roomId: string }
    | { readonly kind: 'read-back'; readonly message: ChatMessage };
}

export interface ConversationWanted {
  readonly room: string;
  readonly bot: string;
  readonly publicUrl: string;
}

export const decideConversation = (
  { room, bot, publicUrl }: ConversationWanted,
  seen: ConversationSeen,
): Decision<ConversationChange> => {
  if (seen.roomId === undefined) {
    const why = `${bot} does not see the room at ${publicUrl}`;
    const next = `let the setup of the chat finish, or invite ${bot} into ${room}`;
    return { changes: [], conflicts: [{ resource: 'room', name: room, why, next }], warnings: [] };
  }
  if (seen.proven?.roomId === seen.roomId) return { changes: [], conflicts: [], warnings: [] };
  const change = { action: 'create', resource: 'message', name: `random word in ${room}` } as const;
  const { unread } = seen;
  if (unread?.roomId === seen.roomId) {
    const cause = 'an interrupted run has sent it and not read it back';
    return {
      changes: [{ ...change, cause, step: { kind: 'read-back', message: unread } }],
      conflicts: [],
      warnings: [],
    };
  }
  const cause = `no message proves yet that ${bot} can post through ${publicUrl} and be read there`;
  return { changes: [{ ...change, cause, step: { kind: 'say', roomId: seen.roomId } }], conflicts: [], warnings: [] };
};
