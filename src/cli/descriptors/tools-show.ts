import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { TOOLS_GROUP } from './tools-group.ts';

export const toolsShow = describeCommand({
  name: 'show',
  under: TOOLS_GROUP,
  about: 'which packages are installed, and what the engine has',
  group: 'The stack',
  readMore: 'tools.md',
  args: {},
  options: {},
  load: async () => (await import('../commands/tools.ts')).toolsShowCommand,
});
