import type { Account } from '../../stack/stack.ts';

/** The bot has posted a random word through the public address and read it back. */
export type ConversationSpec = {
  readonly job: 'conversation';
  /** Name of its node: two conversations must not take each other's proof. */
  readonly proof: string;
  readonly publicUrl: string;
  readonly account: Account;
  readonly room: string;
  /** As `ChatOffer.speaks`. */
  readonly speaks?: string;
};
