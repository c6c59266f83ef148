import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { LOCK_WAIT } from './lock-wait.ts';

export const render = describeCommand({
  name: 'render',
  about:
    'write the files only: compose.yaml, what its services are configured by, .env; `docker compose up -d` alone runs them',
  group: 'The stack',
  args: {},
  options: { wait: LOCK_WAIT },
  load: async () => (await import('../commands/render.ts')).renderCommand,
});
