import type { SecretKind, SecretSpec } from '../../config/secrets.ts';

/** Variable of .env. */
export const POSTGRES_PASSWORD = 'CHATOPS_POSTGRES_PASSWORD';

/** It stands in a connection string, where everything else would have to be percent-encoded. */
export const DATABASE_PASSWORD: SecretKind = {
  rules: [
    {
      matches: /^[A-Za-z0-9._~-]{12,200}$/,
      otherwise: 'is not 12 to 200 characters of A-Z, a-z, 0-9, ., _, ~ and -',
    },
  ],
  shape: { alphabet: 'password', length: 32 },
};

/** @param username who has the password */
export const postgresSecret = (username: string): SecretSpec => ({
  name: POSTGRES_PASSWORD,
  what: `password of ${username} in PostgreSQL`,
  kind: DATABASE_PASSWORD,
  origin: 'generated',
  note: 'counts when its data are made; to change it afterwards, set it in the server first (`\\password` of psql), then here',
});
