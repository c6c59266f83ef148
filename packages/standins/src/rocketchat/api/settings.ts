import { bare, plain } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { SettingValue } from '../documents.ts';
import { hasPermission } from '../permissions.ts';
import { page, paged } from './paging.ts';
import { type Call, type Fields, fields, type Route, text, texts } from './route.ts';

const view = (chat: Chat, id: string): Fields => ({ _id: id, value: chat.settings.get(id) });

const known = (chat: Chat, id: string): boolean =>
  chat.settings.defaultOf(id) !== undefined && !chat.settings.isHidden(id);

const listPublic = (chat: Chat, query: Readonly<Record<string, string>>): Fields => {
  const wanted = query._id?.split(',').map((id) => id.trim());
  const ids = chat.settings
    .ids()
    .filter((id) => chat.settings.defaultOf(id)?.public && known(chat, id) && (!wanted || wanted.includes(id)));
  return paged(
    'settings',
    page(chat, query, ids, (id) => ({ ...view(chat, id), enterprise: false })),
  );
};

const listAll = ({ chat, query, user }: Call): Fields => {
  if (!hasPermission(chat.state, user, 'view-privileged-setting')) return listPublic(chat, query);
  const ids = chat.settings.ids().filter((id) => known(chat, id));
  return paged(
    'settings',
    page(chat, query, ids, (id) => view(chat, id)),
  );
};

const asValue = (value: unknown): SettingValue | undefined => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? texts(value) : undefined;
};

/** Unknown, hidden or blocked: a refusal without any text. */
const demandEditable = (chat: Chat, id: string): void => {
  if (!known(chat, id) || chat.settings.isBlocked(id)) throw bare();
};

const save = ({ chat, body, params }: Call): Fields => {
  const id = params._id ?? '';
  demandEditable(chat, id);
  const value = asValue(body.value);
  if (value === undefined) throw plain("Match error: Missing key 'value'");
  chat.settings.set(id, value);
  return {};
};

/** All or none: one that may not be changed refuses the call. */
const saveMany = ({ chat, body }: Call): Fields => {
  const wanted = (Array.isArray(body.settings) ? body.settings : []).map((entry: unknown) => ({
    id: text(fields(entry)._id) ?? '',
    value: asValue(fields(entry).value),
  }));
  for (const { id } of wanted) demandEditable(chat, id);
  for (const { id, value } of wanted) if (value !== undefined) chat.settings.set(id, value);
  return {};
};

/** `POST settings` came with 8.6. */
export const settingRoutes = (chat: Chat): readonly Route[] => [
  { method: 'GET', path: 'settings.public', open: true, run: (call) => listPublic(call.chat, call.query) },
  { method: 'GET', path: 'settings', run: listAll },
  {
    method: 'GET',
    path: 'settings/:_id',
    permissions: ['view-privileged-setting'],
    run: (call) => {
      const id = call.params._id ?? '';
      if (!known(call.chat, id)) throw bare();
      return view(call.chat, id);
    },
  },
  {
    method: 'POST',
    path: 'settings/:_id',
    permissions: ['edit-privileged-setting'],
    secondFactor: 'remembered',
    run: save,
  },
  ...(chat.traits.hasBulkSettings
    ? [
        {
          method: 'POST',
          path: 'settings',
          permissions: ['edit-privileged-setting'],
          secondFactor: 'each-time',
          body: { required: { settings: 'object[]' } },
          run: saveMany,
        } as const,
      ]
    : []),
];
