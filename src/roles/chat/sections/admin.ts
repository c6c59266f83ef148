import { z } from 'zod';
import { note, text } from '../../../config/forms.ts';
import { defineSection, type FileSoFar } from '../../../config/section.ts';
import { ADMIN, type AdminConfig } from '../../../contracts/sections/admin.ts';
import { mailDomain } from '../../../stack/chat-mail.ts';
import { DISPLAY_NAME, EMAIL, USERNAME } from '../../../values/names.ts';
import { DEFAULT_ADMIN } from './defaults.ts';

const schema = z.strictObject({
  username: note(
    text(USERNAME),
    'User name of the administrator of the chat; a forge keeps its own.',
    DEFAULT_ADMIN.username,
  ),
  name: note(text(DISPLAY_NAME), 'Name shown in the chat.', DEFAULT_ADMIN.name),
  email: note(text(EMAIL), 'E-mail address; by default the user name at the domain.'),
});

const complete = (written: z.output<typeof schema> = {}, { domain }: FileSoFar): AdminConfig => {
  const username = written.username ?? DEFAULT_ADMIN.username;
  return {
    username,
    name: written.name ?? (written.username === undefined ? DEFAULT_ADMIN.name : username),
    email: written.email ?? `${username}@${mailDomain(domain)}`,
  };
};

export const adminSection = defineSection({
  key: 'admin',
  schema,
  about: 'The administrator of the chat. Passwords stand in .env, never here.',
  as: ADMIN,
  complete,
  sample: `# The administrator of the chat; a forge keeps its own.
admin:
  username: ${DEFAULT_ADMIN.username}
  name: ${DEFAULT_ADMIN.name}
  # Left out: the user name at the domain.
  # email: ${DEFAULT_ADMIN.username}@chatops.localhost
`,
});
