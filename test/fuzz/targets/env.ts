import { lastEntries, parseEnv } from '../../../src/config/env-file.ts';
import { completeEnv } from '../../../src/config/env-secrets.ts';
import { withoutValue } from '../../../src/config/env-write.ts';
import { aConfig } from '../../builders/config.ts';
import { secretsOf } from '../../builders/stack.ts';
import { createRandom } from '../../helpers/random.ts';
import { must, type Target } from '../target.ts';

const SECRETS = secretsOf(aConfig());
/** The same bytes at every call: what stands there is not looked at. */
const bytes = () => {
  const random = createRandom(1);
  return (count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(random() * 256));
};

export const env: Target = {
  name: 'env',
  seeds: [
    'CHATOPS_ADMIN_PASSWORD=Chief-pass-word-1!\nCHATOPS_BOT_PASSWORD=\n# a comment\nexport OTHER="a b" # more\n',
    "A='it''s'\nB=\"x\\n$y\"\nC=a#b\nCHATOPS_GITLAB_TOKEN=glpat-aaaaaaaaaaaaaa\n",
    'COMPOSE_PROJECT_NAME=demo\r\nPORT=8080\r\n',
  ],
  run: (text) => {
    const before = lastEntries(parseEnv(text).entries);
    const complete = completeEnv(SECRETS, text, bytes());
    const after = lastEntries(parseEnv(complete.text).entries);
    for (const [name, { value }] of before)
      must(value === '' || after.get(name)?.value === value, `${name} has changed`);
    for (const [name, secret] of complete.values)
      must(after.get(name)?.value === secret.reveal(), `${name} is read as another value`);
    must(completeEnv(SECRETS, complete.text, bytes()).text === complete.text, 'a second run changes it again');
    must(
      parseEnv(withoutValue(complete.text, 'OTHER')).entries.length === parseEnv(complete.text).entries.length,
      'a line is lost',
    );
  },
};
