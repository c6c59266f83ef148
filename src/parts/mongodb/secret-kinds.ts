import type { SecretKind } from '../../config/secrets.ts';

/** MongoDB manual, "Self-Managed Internal/Membership Authentication": 6 to 1,024 characters of base64. */
export const SET_KEY: SecretKind = {
  rules: [
    {
      matches: /^(?=.{32,1024}$)[A-Za-z0-9+/]+={0,2}$/,
      otherwise: 'is not 32 to 1,024 characters of base64',
    },
  ],
  shape: { alphabet: 'base64', length: 96 },
};

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
