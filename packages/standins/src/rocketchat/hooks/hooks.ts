/** Incoming webhooks: `/hooks/…` (RocketChat/Rocket.Chat:apps/meteor/app/integrations/server/api/api.ts). */
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import { clientAddress } from '../api/client-address.ts';
import { ApiError, tooMany } from '../api-error.ts';
import type { Chat } from '../chat.ts';
import type { IntegrationDoc, UserDoc } from '../documents.ts';
import { findUser } from '../domain/users.ts';
import { hasPermission } from '../permissions.ts';
import { type HookAddress, readHookAddress } from './address.ts';
import { deliver } from './deliver.ts';
import { readHookBody } from './hook-body.ts';
import { scriptRequest } from './script-request.ts';
import { judgeScript, type ScriptVerdict } from './script-result.ts';

type Fields = Readonly<Record<string, unknown>>;

const success = (more: Fields = {}): StandinReply => ({ status: 200, body: { ...more, success: true } });
const refused = (body: Fields): StandinReply => ({ status: 400, body });

const unknownHook = (chat: Chat): StandinReply =>
  chat.traits.unknownHook === 'text-500'
    ? { status: 500, headers: { 'Content-Type': 'text/plain' }, body: 'Internal Server Error' }
    : { status: 404, body: { success: false, error: 'Invalid integration id or token provided.' } };

/** `DISABLE_INTEGRATION_SCRIPTS`: scripts never run. */
const scriptsAreOff = (chat: Chat): boolean =>
  ['yes', 'true', 'ivm'].includes((chat.env.DISABLE_INTEGRATION_SCRIPTS ?? '').toLowerCase());

/** GET never runs the script; neither does one that did not compile when it was saved. */
const scriptInForce = (chat: Chat, integration: IntegrationDoc, request: StandinRequest): string | undefined => {
  const isOn = integration.scriptEnabled && request.method !== 'GET' && !scriptsAreOff(chat);
  return isOn ? integration.scriptCompiled : undefined;
};

const asIs = (body: Fields): ScriptVerdict => ({ kind: 'post', content: body });

/** What the sender says of `separateResponse` holds unless the script says otherwise. */
const withSeparation = (content: Fields, body: Fields): Fields =>
  'separateResponse' in content ? content : { ...content, separateResponse: body.separateResponse === true };

const runScript = async (
  chat: Chat,
  integration: IntegrationDoc,
  source: string,
  input: Fields,
): Promise<ScriptVerdict> => {
  const script = { integrationId: integration._id, source, isStrict: integration.skipTranspile === true };
  return judgeScript(await chat.scripts.run(script, JSON.stringify(input)));
};

/** A script may name another poster, by id or name. */
const posterFor = (chat: Chat, verdict: { readonly user?: Fields }, poster: UserDoc): UserDoc => {
  const { _id, username } = verdict.user ?? {};
  const named =
    (typeof _id === 'string' ? chat.state.users.get(_id) : undefined) ??
    (typeof username === 'string' ? findUser(chat, username) : undefined);
  return named ?? poster;
};

const work = async (chat: Chat, integration: IntegrationDoc, request: StandinRequest): Promise<StandinReply> => {
  const poster = chat.state.users.get(integration.userId);
  if (!poster) return unknownHook(chat);
  if (chat.traits.posterNeedsImpersonate && !hasPermission(chat.state, poster, 'message-impersonate'))
    return refused({ success: false, error: 'error-user-lacks-message-impersonate-permission' });
  const body = readHookBody(request, chat.traits);
  const source = scriptInForce(chat, integration, request);
  const verdict =
    source === undefined
      ? asIs(body)
      : await runScript(chat, integration, source, scriptRequest(request, body, integration, poster, chat.traits));
  if (verdict.kind === 'skip') return success();
  if (verdict.kind === 'refuse') return refused(verdict.body);
  if (Object.keys(verdict.content).length === 0 && !integration.scriptEnabled) return success();
  const content = withSeparation(verdict.content, body);
  const delivery = deliver(chat, integration, posterFor(chat, verdict, poster), content);
  // A response of the script stands in place of the list of deliveries.
  return delivery.success ? success(verdict.response ?? delivery.more) : refused(delivery.body);
};

/** Up to 7.0 the limiter took hooks too: per exact URL and address, no role spared. */
const takeTurn = (chat: Chat, request: StandinRequest): void => {
  const { settings, traits } = chat;
  if (!traits.hooksAreLimited || !settings.flag('API_Enable_Rate_Limiter')) return;
  const address = clientAddress(request.headers, request.remoteAddress, chat.env);
  const key = `hook ${request.path}?${request.query.toString()} ${address}`;
  const limit = settings.number('API_Enable_Rate_Limiter_Limit_Calls_Default');
  const verdict = chat.limiter.take(key, limit, settings.number('API_Enable_Rate_Limiter_Limit_Time_Default'));
  if (!verdict.allowed) throw tooMany(verdict.secondsLeft);
};

const answer = async (chat: Chat, address: HookAddress, request: StandinRequest): Promise<StandinReply> => {
  takeTurn(chat, request);
  const integration = chat.state.integrations.get(address.integrationId);
  const isOurs = integration?.type === 'webhook-incoming' && integration.token === address.token;
  if (!isOurs) return unknownHook(chat);
  if (!integration.enabled) return { status: 503, body: { success: false, error: 'Service Unavailable' } };
  return address.kind === 'info' ? success() : work(chat, integration, request);
};

export type Hooks = (request: StandinRequest) => Promise<StandinReply | undefined>;

/** @returns undefined when the path is no hook's */
export const createHooks =
  (chat: Chat): Hooks =>
  async (request) => {
    const address = readHookAddress(request.path);
    if (!address || !['GET', 'POST'].includes(request.method)) return undefined;
    try {
      return await answer(chat, address, request);
    } catch (thrown) {
      if (thrown instanceof ApiError) return { status: thrown.status, body: thrown.body };
      throw thrown;
    }
  };
