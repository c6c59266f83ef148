import type { Collection, Store } from '../kit/store.ts';
import type {
  IntegrationDoc,
  MessageDoc,
  PermissionDoc,
  RoleDoc,
  RoomDoc,
  SettingDoc,
  SubscriptionDoc,
  TokenDoc,
  UserDoc,
} from './documents.ts';
import { createTable, type Table } from './table.ts';

export interface State {
  readonly users: Table<UserDoc, 'username' | 'email' | 'role'>;
  readonly tokens: Table<TokenDoc, 'user'>;
  readonly rooms: Table<RoomDoc, 'name' | 'type'>;
  readonly subscriptions: Table<SubscriptionDoc, 'room' | 'user'>;
  readonly messages: Table<MessageDoc, 'room'>;
  readonly integrations: Table<IntegrationDoc, never>;
  readonly settings: Collection<SettingDoc>;
  readonly permissions: Collection<PermissionDoc>;
  readonly roles: Collection<RoleDoc>;
  /** Facts about the data directory itself, such as the version that last started on it. */
  readonly facts: Collection<string>;
}

export const subscriptionId = (rid: string, uid: string): string => `${rid}:${uid}`;

export const openState = (store: Store): State => ({
  // User names are unique whatever their case, as on the real server.
  users: createTable(store.collection<UserDoc>('users'), (user) => user._id, {
    username: (user) => [user.username.toLowerCase()],
    email: (user) => user.emails.map(({ address }) => address.toLowerCase()),
    role: (user) => user.roles,
  }),
  tokens: createTable(store.collection<TokenDoc>('tokens'), (token) => token.hash, {
    user: (token) => [token.userId],
  }),
  rooms: createTable(store.collection<RoomDoc>('rooms'), (room) => room._id, {
    name: (room) => (room.name === undefined ? [] : [room.name]),
    type: (room) => [room.t],
  }),
  subscriptions: createTable(store.collection<SubscriptionDoc>('subscriptions'), (entry) => entry._id, {
    room: (entry) => [entry.rid],
    user: (entry) => [entry.uid],
  }),
  messages: createTable(store.collection<MessageDoc>('messages'), (message) => message._id, {
    room: (message) => [message.rid],
  }),
  integrations: createTable(store.collection<IntegrationDoc>('integrations'), (integration) => integration._id, {}),
  settings: store.collection('settings'),
  permissions: store.collection('permissions'),
  roles: store.collection('roles'),
  facts: store.collection('facts'),
});
