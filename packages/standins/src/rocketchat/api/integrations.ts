import { coded, invalidParams, plain, routeForbidden } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { IntegrationDoc, UserDoc } from '../documents.ts';
import { createIncoming, createOutgoing, updateIncoming, viewIntegration } from '../domain/integrations.ts';
import { hasPermission } from '../permissions.ts';
import { page } from './paging.ts';
import { type Call, type Fields, type Route, text } from './route.ts';
import { type Schema, schemaProblems } from './schema.ts';

const INCOMING: Schema = {
  required: {
    type: 'string',
    username: 'string',
    channel: 'string',
    scriptEnabled: 'boolean',
    name: 'string',
    enabled: 'boolean',
  },
  optional: {
    script: 'string',
    scriptEngine: 'string',
    alias: 'string',
    avatar: 'string',
    emoji: 'string',
    overrideDestinationChannelEnabled: 'boolean',
  },
};

const OUTGOING: Schema = {
  required: {
    type: 'string',
    name: 'string',
    enabled: 'boolean',
    event: 'string',
    username: 'string',
    scriptEnabled: 'boolean',
    urls: 'string[]',
  },
  optional: {
    channel: 'string',
    token: 'string',
    triggerWords: 'string[]',
    targetRoom: 'string',
    script: 'string',
    scriptEngine: 'string',
    skipTranspile: 'boolean',
    alias: 'string',
    avatar: 'string',
    emoji: 'string',
    impersonateUser: 'boolean',
    retryFailedCalls: 'boolean',
  },
};

const incomingSchema = (chat: Chat): Schema =>
  chat.traits.hasSkipTranspile
    ? { ...INCOMING, optional: { ...INCOMING.optional, skipTranspile: 'boolean' } }
    : INCOMING;

type Kind = 'incoming' | 'outgoing';
const KINDS: readonly Kind[] = ['incoming', 'outgoing'];

const mayManage = (chat: Chat, user: UserDoc, kind: Kind): boolean =>
  hasPermission(chat.state, user, `manage-${kind}-integrations`) ||
  hasPermission(chat.state, user, `manage-own-${kind}-integrations`);

const managesAny = (chat: Chat, user: UserDoc): boolean => KINDS.some((kind) => mayManage(chat, user, kind));

/** Users who manage only their own see only their own. */
const managesThis = (chat: Chat, user: UserDoc, { type, _createdBy }: IntegrationDoc): boolean => {
  const kind = type === 'webhook-incoming' ? 'incoming' : 'outgoing';
  if (hasPermission(chat.state, user, `manage-${kind}-integrations`)) return true;
  return hasPermission(chat.state, user, `manage-own-${kind}-integrations`) && _createdBy._id === user._id;
};

const create = ({ chat, body, user }: Call): Fields => {
  const isOutgoing = body.type === 'webhook-outgoing';
  const problems = schemaProblems(isOutgoing ? OUTGOING : incomingSchema(chat), body);
  if (!isOutgoing && body.type !== 'webhook-incoming') problems.push('must match exactly one schema in oneOf');
  if (problems.length > 0) throw invalidParams(problems);
  const method = isOutgoing ? 'addOutgoingIntegration' : 'addIncomingIntegration';
  if (!mayManage(chat, user, isOutgoing ? 'outgoing' : 'incoming'))
    throw coded('not_authorized', 'Unauthorized', { method });
  const made = isOutgoing ? createOutgoing(chat, user, body) : createIncoming(chat, user, body);
  return { integration: viewIntegration(made) };
};

const list = ({ chat, query, user }: Call): Fields => {
  if (!managesAny(chat, user)) throw routeForbidden();
  const { filtersIntegrations } = chat.traits;
  const [name, type] = filtersIntegrations ? [query.name?.toLowerCase(), query.type] : [];
  const found = chat.state.integrations
    .all()
    .filter((one) => managesThis(chat, user, one))
    .filter((one) => (name === undefined || one.name.toLowerCase().includes(name)) && (!type || one.type === type));
  const { items, count, offset, total } = page(chat, query, found, viewIntegration);
  return { integrations: items, count, offset, items: count, total };
};

const get = ({ chat, query, user }: Call): Fields => {
  if (query.integrationId === undefined || query.integrationId === '')
    throw plain('The query parameter "integrationId" is required.');
  if (!managesAny(chat, user)) throw coded('not-authorized', 'not-authorized');
  const found = chat.state.integrations.get(query.integrationId);
  if (!found) throw plain('The integration does not exists.');
  if (!managesThis(chat, user, found)) throw coded('not-authorized', 'not-authorized');
  return { integration: viewIntegration(found) };
};

const demandIntegration = ({ chat, body, user }: Call, method: string): IntegrationDoc => {
  const found = chat.state.integrations.get(text(body.integrationId) ?? '');
  if (!found || found.type !== body.type) throw plain('No integration found.');
  if (!managesThis(chat, user, found)) throw coded('not_authorized', 'Unauthorized', { method });
  return found;
};

const update = (call: Call): Fields => {
  const old = demandIntegration(call, 'updateIncomingIntegration');
  if (old.type !== 'webhook-incoming') throw plain('Invalid integration type.');
  return { integration: viewIntegration(updateIncoming(call.chat, call.user, old, call.body)) };
};

const remove = (call: Call): Fields => {
  const found = demandIntegration(call, 'deleteIncomingIntegration');
  call.chat.scripts.forget(found._id);
  call.chat.state.integrations.remove(found._id);
  return { integration: viewIntegration(found) };
};

export const integrationRoutes: readonly Route[] = [
  { method: 'POST', path: 'integrations.create', run: create },
  { method: 'GET', path: 'integrations.list', run: list },
  { method: 'GET', path: 'integrations.get', run: get },
  {
    method: 'PUT',
    path: 'integrations.update',
    body: {
      required: {
        type: 'string',
        integrationId: 'string',
        channel: 'string',
        scriptEnabled: 'boolean',
        name: 'string',
        enabled: 'boolean',
      },
      open: true,
    },
    run: update,
  },
  {
    method: 'POST',
    path: 'integrations.remove',
    body: { required: { type: 'string', integrationId: 'string' }, optional: { target_url: 'string' } },
    run: remove,
  },
];
