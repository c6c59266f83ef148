import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { flag } from '../../programs/descriptors/option-kinds.ts';
import { LOCK_WAIT } from './lock-wait.ts';

export const up = describeCommand({
  name: 'up',
  about: 'files, services, jobs and the proof of the conversation (the default command)',
  group: 'The stack',
  isDefault: true,
  args: {},
  options: { wait: LOCK_WAIT, stay: flag('embedded engine: keep the servers running until interrupted') },
  examples: ['up', 'up --engine docker --set ports.http=8081'],
  load: async () => (await import('../commands/up.ts')).upCommand,
});
