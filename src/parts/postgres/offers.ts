import type { SqlOffer } from '../../stack/stack.ts';
import { POSTGRES_PASSWORD } from './secrets.ts';
import type { PostgresConfig } from './section.ts';

export const POSTGRES_PORT = 5432;
export const POSTGRES_SERVICE = 'postgres';

export const sqlOffer = ({ database, user }: PostgresConfig): SqlOffer => ({
  scheme: 'postgresql',
  endpoint: { service: POSTGRES_SERVICE, port: POSTGRES_PORT },
  account: { username: user, password: POSTGRES_PASSWORD },
  database,
});
