/** What a Mattermost says without a login (server/channels/api4/system.go, config.go). */
import { z } from 'zod';
import type { About, Health } from '../mattermost.ts';
import { isSuccess, jsonOf } from './answers.ts';
import { type Rest, refusalOf } from './rest.ts';

const status = z.object({
  status: z.string(),
  database_status: z.string().optional(),
  filestore_status: z.string().optional(),
});

/** All values of the public configuration are texts; the version is not shown to everybody by every release. */
const config = z.object({ Version: z.string().catch(''), NoAccounts: z.string() });

/** @throws ChatopsError UNREACHABLE; any refusal without a status of its own as `refusalOf` says it */
export const askHealth = async (rest: Rest, withDatabase: boolean, signal: AbortSignal): Promise<Health> => {
  const doing = 'ask how the server is';
  const path = `/system/ping${withDatabase ? '?get_server_status=true' : ''}`;
  const response = await rest.answer({ method: 'GET', path, doing }, signal);
  const said = status.safeParse(jsonOf(response)).data;
  if (said === undefined) throw refusalOf(doing, response);
  if (isSuccess(response) && said.status === 'OK') return { kind: 'well' };
  const missing = Object.entries(said).flatMap(([name, value]) => (value === 'OK' ? [] : [`${name} ${value}`]));
  return { kind: 'unwell', reason: missing.join(', ') || `HTTP ${response.status}` };
};

export const askAbout = async (rest: Rest, signal: AbortSignal): Promise<About> => {
  const asked = {
    method: 'GET',
    path: '/config/client?format=old',
    doing: 'read what the server says of itself',
  } as const;
  const { Version, NoAccounts } = await rest.ask(asked, config, signal);
  return { version: Version, hasNoAccounts: NoAccounts === 'true' };
};
