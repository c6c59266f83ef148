/** A product that `chat.kind` in chatops.yaml may name: what the section `chat` needs to know of it before there is a stack. */
import type { z } from 'zod';
import type { Config } from '../config/config.ts';
import { type FileSoFar, sectionOf } from '../config/section.ts';
import { CHAT, type ChatConfig, type DatabaseFit } from './sections/chat.ts';

/** Keys that chats share, but not all of them know. */
export type SharedKey = 'version' | 'team' | 'hooks' | 'rooms.readOnly' | 'rooms.header' | 'rooms.purpose';

// biome-ignore lint/suspicious/noExplicitAny: each kind knows its own settings, a list of kinds knows none.
export interface ChatKind<T = any> {
  /** As chatops.yaml names it, in small letters. */
  readonly kind: string;
  /** As users call it. */
  readonly title: string;
  /** It makes messages of a forge's deliveries by itself; else only a relay beside it does. */
  readonly takesDeliveries: boolean;
  /** Room that the server makes by itself at its first start, open to everybody. */
  readonly ownRoom: string;
  /** Accounts that the server makes by itself. Default: none. */
  readonly ownAccounts?: readonly { readonly username: string; readonly what: string }[];
  /** What a server of ours keeps its data in. */
  readonly stores: ChatConfig['stores'];
  readonly knows: readonly SharedKey[];
  /** Where it knows `version`. */
  readonly version?: {
    /** `8.5` */
    readonly byDefault: string;
    /** What holds where none is written: the image may say it. */
    of(images: FileSoFar['images']): string;
    /** Databases of documents that this version works with; undefined where nothing is known of it. */
    database?(version: string): DatabaseFit | undefined;
  };
  /** Where it knows `team`: the one that is made when none is named. */
  readonly team?: string;
  readonly settings?: ChatSettings<T>;
}

/** Keys under `chat` that it alone knows. */
export interface ChatSettings<T> {
  /** Key → its schema, of zod 4, with a description; each optional. */
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** Of what stands there. Pure. */
  complete(written: Readonly<Record<string, unknown>>): T;
  /** How `init` writes them: lines of YAML below `chat:`, indented by two. */
  readonly sample: string;
}

/** Whether the stack's chat is of this kind. */
export const isChat = (config: Pick<Config, 'sections'>, { kind }: ChatKind): boolean =>
  sectionOf(config, CHAT).kind === kind;

/**
 * What the stack's chat was given under keys of its own.
 * @throws RangeError where it is of another kind
 */
export const settingsOf = <T>(config: Pick<Config, 'sections'>, kind: ChatKind<T>): T => {
  const chat = sectionOf(config, CHAT);
  if (isChat(config, kind)) return chat.settings as T;
  throw new RangeError(`the settings of ${kind.kind} were asked for where the chat is ${chat.kind}`);
};
