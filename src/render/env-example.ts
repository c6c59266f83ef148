/** `.env.example`: every variable of `.env` with who reads it, and no value. */
import type { ReadSecret } from '../config/secrets.ts';
import type { Renderer } from '../contracts/renderer.ts';
import { hashHeader } from './generated.ts';
import { requireUtf8 } from './refuse.ts';

const INTRODUCTION = `#
# Names only: the values stand in .env, which is made by \`chatops-up\` and readable by its owner alone.
# What is missing there is generated; what you set is never replaced.
`;

const origin = ({ origin: from }: ReadSecret): string =>
  from === 'generated' ? 'generated when it is missing' : 'only you can know it';

const entry = (secret: ReadSecret): string => `
# ${requireUtf8(secret.what, '.env.example')}: ${origin(secret)}
# ${secret.note}
# read by: ${secret.readBy.join(', ')}
${secret.name}=
`;

export const envExampleRenderer: Renderer = {
  id: 'env-example',
  render: ({ stack }) => [
    { path: '.env.example', text: `${hashHeader}${INTRODUCTION}${stack.secrets.map(entry).join('')}` },
  ],
};
