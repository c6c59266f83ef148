import type { ChatBody } from '../../../contracts/chat-sink.ts';
import type { Message } from '../../../notifier/core/message.ts';

/** How a chat writes a message; `changes` when it will be changed later. */
export type RenderBody = (message: Message, changes: boolean) => ChatBody;
