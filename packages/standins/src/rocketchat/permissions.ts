import type { RoleDoc, UserDoc } from './documents.ts';
import type { State } from './state.ts';

const EVERYBODY = ['admin', 'user', 'bot', 'app'];
const KEEPERS = ['admin', 'owner', 'moderator'];

/**
 * Permission → roles that hold it on a new server: those the stand-in's calls ask for
 * (RocketChat/Rocket.Chat:apps/meteor/app/authorization/server/constant/permissions.ts, release 8.6.1).
 */
const DEFAULT_PERMISSIONS: Readonly<Record<string, readonly string[]>> = {
  'access-permissions': ['admin'],
  'add-user-to-any-c-room': ['admin'],
  'add-user-to-any-p-room': [],
  'add-user-to-joined-room': KEEPERS,
  'api-bypass-rate-limit': ['admin', 'bot', 'app'],
  'archive-room': ['admin', 'owner'],
  'assign-admin-role': ['admin'],
  'ban-user': KEEPERS,
  'create-c': [...EVERYBODY, 'federated-external'],
  'create-d': [...EVERYBODY, 'federated-external'],
  'create-p': [...EVERYBODY, 'federated-external'],
  'create-personal-access-tokens': ['admin', 'user'],
  'create-user': ['admin'],
  'delete-c': ['admin', 'owner'],
  'delete-d': ['admin'],
  'delete-message': KEEPERS,
  'delete-p': ['admin', 'owner'],
  'delete-user': ['admin'],
  'edit-message': KEEPERS,
  'edit-other-user-active-status': ['admin'],
  'edit-other-user-info': ['admin'],
  'edit-other-user-password': ['admin'],
  'edit-privileged-setting': ['admin'],
  'edit-room': KEEPERS,
  'force-delete-message': ['admin', 'owner'],
  'leave-c': [...EVERYBODY, 'anonymous'],
  'leave-p': [...EVERYBODY, 'anonymous'],
  'logout-other-user': ['admin'],
  'manage-incoming-integrations': ['admin'],
  'manage-outgoing-integrations': ['admin'],
  'manage-own-incoming-integrations': ['admin'],
  'manage-own-outgoing-integrations': ['admin'],
  'mention-all': ['admin', 'owner', 'moderator', 'user'],
  'mention-here': ['admin', 'owner', 'moderator', 'user'],
  'message-impersonate': ['bot', 'app'],
  'post-readonly': KEEPERS,
  'remove-user': KEEPERS,
  'send-many-messages': ['admin', 'bot', 'app'],
  'set-leader': ['admin', 'owner'],
  'set-moderator': ['admin', 'owner'],
  'set-owner': ['admin', 'owner'],
  'set-readonly': ['admin', 'owner'],
  'unarchive-room': ['admin'],
  'user-generate-access-token': ['admin'],
  'view-c-room': [...EVERYBODY, 'anonymous'],
  'view-d-room': EVERYBODY,
  'view-full-other-user-info': ['admin'],
  'view-joined-room': ['guest', 'bot', 'app', 'anonymous'],
  'view-other-user-channels': ['admin'],
  'view-outside-room': EVERYBODY,
  'view-p-room': [...EVERYBODY, 'anonymous', 'guest'],
  'view-privileged-setting': ['admin'],
  'view-room-administration': ['admin'],
  'view-statistics': ['admin'],
  'view-user-administration': ['admin'],
};

const role = (_id: string, scope: RoleDoc['scope'], description = ''): RoleDoc => ({
  _id,
  name: _id,
  scope,
  description,
  protected: true,
  mandatory2fa: false,
});

const DEFAULT_ROLES: readonly RoleDoc[] = [
  role('admin', 'Users', 'Admin'),
  role('moderator', 'Subscriptions', 'Moderator'),
  role('leader', 'Subscriptions', 'Leader'),
  role('owner', 'Subscriptions', 'Owner'),
  role('user', 'Users'),
  role('bot', 'Users'),
  role('app', 'Users'),
  role('guest', 'Users'),
  role('anonymous', 'Users'),
  role('federated-external', 'Users'),
];

export const insertDefaultRolesAndPermissions = (state: State): void => {
  for (const entry of DEFAULT_ROLES) if (!state.roles.get(entry._id)) state.roles.put(entry._id, entry);
  for (const [id, roles] of Object.entries(DEFAULT_PERMISSIONS))
    if (!state.permissions.get(id)) state.permissions.put(id, { _id: id, roles });
};

/** Roles count twice: the user's own, and the ones held in this one room. */
const rolesIn = (state: State, user: UserDoc, rid?: string): readonly string[] => [
  ...user.roles,
  ...(rid === undefined ? [] : (state.subscriptions.get(`${rid}:${user._id}`)?.roles ?? [])),
];

export const hasPermission = (state: State, user: UserDoc, permission: string, rid?: string): boolean => {
  const holders = state.permissions.get(permission)?.roles ?? [];
  return rolesIn(state, user, rid).some((name) => holders.includes(name));
};
