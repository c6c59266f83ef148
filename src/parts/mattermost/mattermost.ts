/** Mattermost in our own words: what an account that has logged in can do. */
import type { ArrivedMessage, ChatMessage, Listening } from '../../contracts/chat.ts';
import type { Credentials } from '../../contracts/credentials.ts';
import { clientKey } from '../../contracts/ports.ts';

/** All methods throw as a chat's do (contracts/chat.ts). */
export interface MattermostPort {
  /** @param base no trailing slash @throws ChatopsError LOGIN_REFUSED, SECOND_FACTOR_NEEDED */
  login(base: string, credentials: Credentials, signal: AbortSignal): Promise<MattermostSession>;
}

/** Under which it is asked for. */
export const MATTERMOST = clientKey<MattermostPort>('mattermost');

export interface MattermostChannel {
  readonly id: string;
  readonly name: string;
}

export interface MattermostSession {
  readonly me: { readonly id: string; readonly name: string };
  /** In the first of its teams that has such a channel; undefined when it sees none. */
  channel(name: string, signal: AbortSignal): Promise<MattermostChannel | undefined>;
  isMember(channelId: string, signal: AbortSignal): Promise<boolean>;
  post(channelId: string, text: string, signal: AbortSignal): Promise<ChatMessage>;
  /** Undefined: there is none, or it is not for this account. */
  message(id: string, signal: AbortSignal): Promise<ChatMessage | undefined>;
  /** Newest first; what the server itself says (who joined) is left out. */
  latest(channelId: string, count: number, signal: AbortSignal): Promise<readonly ChatMessage[]>;
  /** Already gone is fine. */
  delete(id: string, signal: AbortSignal): Promise<void>;
  listen(listener: (message: ArrivedMessage) => void, signal: AbortSignal): Promise<Listening>;
}
