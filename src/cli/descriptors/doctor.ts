import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { argument } from '../../programs/descriptors/option-kinds.ts';

export const doctor = describeCommand({
  name: 'doctor',
  about: 'what is wrong: status, and who reaches whom inside the network',
  group: 'Looking at it',
  args: { what: argument('`network`: who reaches whom by name; without it everything') },
  options: {},
  examples: ['doctor network'],
  load: async () => (await import('../commands/doctor.ts')).doctorCommand,
});
