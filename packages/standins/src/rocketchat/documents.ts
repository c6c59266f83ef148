/** The documents the stand-in keeps, with the field names the real server shows. Times are ISO texts. */
export interface UserDoc {
  readonly _id: string;
  readonly createdAt: string;
  /** Simulated ms of its making: a fresh account is spared the second factor for a while. */
  readonly bornAt: number;
  readonly _updatedAt: string;
  readonly username: string;
  readonly name: string;
  readonly emails: readonly { readonly address: string; readonly verified: boolean }[];
  readonly type: 'user' | 'bot';
  readonly active: boolean;
  readonly roles: readonly string[];
  /** `salt$hash` over the SHA-256 digest of the password; absent: no login by password. */
  readonly passwordHash?: string;
  readonly emailFactor: boolean;
  readonly profile: Readonly<Record<string, unknown>>;
}

export interface TokenDoc {
  /** SHA-256 of the token; the token itself is never kept. */
  readonly hash: string;
  readonly userId: string;
  readonly kind: 'login' | 'personal';
  readonly createdAt: string;
  /** Simulated ms since the epoch; absent: lives on. */
  readonly expiresAt?: number;
  readonly name?: string;
  readonly lastTokenPart: string;
  readonly bypassTwoFactor: boolean;
  /** Until when, and for which user agent and address, a second factor given is remembered. */
  readonly factor?: { readonly until: number; readonly client: string };
}

export type RoomType = 'c' | 'p' | 'd';

export interface RoomDoc {
  readonly _id: string;
  readonly t: RoomType;
  /** Absent on direct rooms. */
  readonly name?: string;
  readonly fname?: string;
  readonly u: PersonRef;
  readonly ts: string;
  readonly _updatedAt: string;
  readonly msgs: number;
  readonly ro: boolean;
  readonly default: boolean;
  readonly archived?: boolean;
  readonly lm?: string;
  /** Direct rooms only. */
  readonly uids?: readonly string[];
  readonly usernames?: readonly string[];
  /** topic, description, announcement, customFields … */
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface PersonRef {
  readonly _id: string;
  readonly username: string;
  readonly name?: string;
}

export interface SubscriptionDoc {
  readonly _id: string;
  readonly rid: string;
  readonly uid: string;
  readonly ts: string;
  readonly roles: readonly string[];
  readonly unread: number;
  readonly ls?: string;
}

export interface MessageDoc {
  readonly _id: string;
  readonly rid: string;
  readonly msg: string;
  readonly ts: string;
  readonly _updatedAt: string;
  readonly u: PersonRef;
  /** System messages: `uj`, `au`, `ul`, `ru`, `room_changed_topic` … */
  readonly t?: string;
  readonly editedAt?: string;
  readonly editedBy?: PersonRef;
  readonly tmid?: string;
  readonly reactions?: Readonly<Record<string, { readonly usernames: readonly string[] }>>;
  /** alias, avatar, emoji, attachments, bot, parseUrls, customFields … */
  readonly extra: Readonly<Record<string, unknown>>;
}

export interface IntegrationDoc {
  readonly _id: string;
  readonly type: 'webhook-incoming' | 'webhook-outgoing';
  readonly name: string;
  readonly enabled: boolean;
  readonly username: string;
  readonly userId: string;
  readonly channel: readonly string[];
  readonly token: string;
  readonly scriptEnabled: boolean;
  readonly script: string;
  readonly scriptEngine: 'isolated-vm';
  readonly skipTranspile?: boolean;
  readonly scriptCompiled?: string;
  readonly scriptError?: Readonly<Record<string, unknown>>;
  readonly overrideDestinationChannelEnabled: boolean;
  /** alias, avatar, emoji, and what an outgoing one has more. */
  readonly extra: Readonly<Record<string, unknown>>;
  readonly _createdAt: string;
  readonly _createdBy: PersonRef;
  readonly _updatedAt: string;
}

export interface SettingDoc {
  readonly _id: string;
  readonly value: SettingValue;
}

export type SettingValue = string | number | boolean | readonly string[];

export interface PermissionDoc {
  readonly _id: string;
  readonly roles: readonly string[];
}

export interface RoleDoc {
  readonly _id: string;
  readonly name: string;
  readonly scope: 'Users' | 'Subscriptions';
  readonly description: string;
  readonly protected: boolean;
  readonly mandatory2fa: boolean;
}
