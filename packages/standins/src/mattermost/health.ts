/** `/api/v4/system/ping` and what is said of the server before a login (server/channels/api4/system.go, config.go). */
import type { StandinReply } from '../kit/http-standin.ts';
import { reaches } from '../kit/reaches.ts';
import type { ServerContext } from '../standin.ts';
import { ok } from './answers.ts';
import type { World } from './world.ts';

const CLIENTS = { AndroidLatestVersion: '', AndroidMinVersion: '', IosLatestVersion: '', IosMinVersion: '' } as const;
const POSTGRES_PORT = 5_432;

export type AskDatabase = () => Promise<boolean>;

/** Whether what `MM_SQLSETTINGS_DATASOURCE` names takes connections; one that is not named is not missed. */
export const askDatabase =
  ({ env, lookup }: Pick<ServerContext, 'env' | 'lookup'>): AskDatabase =>
  async () => {
    const source = env.MM_SQLSETTINGS_DATASOURCE ?? '';
    if (!URL.canParse(source)) return true;
    const { hostname, port } = new URL(source);
    const place = lookup(hostname, Number(port) || POSTGRES_PORT);
    return place !== undefined && (await reaches(place.host, place.port));
  };

/** By itself it asks nobody; with `get_server_status` the database too, and then 500 says that it is missing. */
export const ping = async (query: URLSearchParams, database: AskDatabase): Promise<StandinReply> => {
  const plain = { ...CLIENTS, ActiveSearchBackend: 'database' };
  if (query.get('get_server_status') !== 'true') return ok({ ...plain, status: 'OK' });
  const status = (await database()) ? 'OK' : 'UNHEALTHY';
  const said = { status, database_status: status, filestore_status: 'OK' };
  const isFine = status === 'OK' || query.get('use_rest_semantics') === 'true';
  return { status: isFine ? 200 : 500, headers: said, body: { ...plain, ...said } };
};

/** All values are texts. `NoAccounts`: the next account that is made becomes the administrator. */
export const clientConfig = ({ people }: World, siteUrl: string): StandinReply =>
  ok({
    ...{ Version: '11.7.9', BuildNumber: 'stand-in', BuildEnterpriseReady: 'false', SiteURL: siteUrl },
    ...{ SiteName: 'Mattermost', EnableOpenServer: 'false', EnableUserCreation: 'true' },
    NoAccounts: String(people.every(({ bot }) => bot !== undefined)),
  });
